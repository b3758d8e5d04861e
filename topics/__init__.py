"""The reviewed-content application: from a writer's draft to an edition that the public API serves."""
