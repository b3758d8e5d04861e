"""The pages about organisations that read with a key: licences, keys, directories, usage."""
