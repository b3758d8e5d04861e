"""What the admin's tests share: signing in, finding pages, posting a form back as a browser would."""

from html.parser import HTMLParser

from django.urls import reverse

from tests import make


def url(name, *args):
    return reverse(f"admin:topics_{name}", args=args)


def sign_in(client, user):
    client.force_login(user)
    return client


def superuser():
    return make.User.objects.create_superuser(f"root-{next(make.count)}", password=make.PASSWORD)


class Fields(HTMLParser):
    """The fields of the forms on a page with their values, and what a strict CSP would refuse."""

    def __init__(self, html):
        super().__init__()
        self.values, self.refused = {}, []
        self.textarea = self.select = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        inline = tag == "script" and "src" not in attrs and attrs.get("type") != "application/json"
        if (inline or tag == "style") and not attrs.get("nonce"):
            self.refused.append((tag, attrs))
        self.refused += [(tag, key) for key in attrs if key == "style" or key.startswith("on")]
        if tag == "textarea" and name:
            self.textarea = name
            self.values[name] = ""
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.values[self.select] = attrs.get("value", "")
        elif tag == "input" and name and is_posted(attrs):
            ticked = attrs.get("type") in ("checkbox", "radio")
            self.values[name] = attrs.get("value", "on" if ticked else "")

    def handle_data(self, data):
        if self.textarea:
            # A browser drops the newline right after <textarea>.
            self.values[self.textarea] += data if self.values[self.textarea] else data.lstrip("\r\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = None
        elif tag == "select":
            self.select = None


def is_posted(attrs):
    kind = attrs.get("type")
    return kind not in ("submit", "button") and (kind not in ("checkbox", "radio") or "checked" in attrs)


def fields(response):
    """The values with which a browser would post the page's form, untouched."""
    values = Fields(response.content.decode()).values
    return {
        name: value
        for name, value in values.items()
        if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }


def refused_by_csp(response):
    return Fields(response.content.decode()).refused


def draft_page(version):
    return url("version_change", version.pk)


def save_draft(client, version, **changes):
    """Opens the draft's page and posts its form back with these changes."""
    page = draft_page(version)
    return client.post(page, {**fields(client.get(page)), **changes})
