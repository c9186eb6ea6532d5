"""What may be asked by the protocol of the Open Archives, and what a request asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import QueryDict

LAST_YEAR = 9999
SALT = "library.harvest.oai"

# Arguments of each verb: those it must have and those it may have.
LISTING = ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"})
VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": LISTING,
    "ListRecords": LISTING,
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}


class ProtocolError(Exception):
    """Something is wrong with the request; `code` is the protocol's word for it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Listing:
    """What a list is of, and behind which record it goes on: all that a token holds."""

    prefix: str
    since: str = ""
    until: str = ""
    set_spec: str = ""
    changed_at: str = ""
    pk: int = 0
    given: int = 0

    @property
    def token(self) -> str:
        """The rest of the list; signed, so that it is only ever what was given out."""
        return signing.dumps(
            [
                self.prefix, self.since, self.until, self.set_spec, self.changed_at, self.pk,
                self.given,
            ],
            salt=SALT,
            compress=True,
        )  # fmt: skip


def read(asked: QueryDict) -> tuple[str, dict[str, str]]:
    """The verb and its arguments; refuses what the protocol does not know."""
    verbs = asked.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise ProtocolError("badVerb", "The verb is missing, repeated or unknown.")
    verb = verbs[0]
    needed, allowed = VERBS[verb]
    names = set(asked) - {"verb"}
    if unknown := names - needed - allowed:
        raise ProtocolError("badArgument", f"{verb} has no argument {', '.join(sorted(unknown))}.")
    if repeated := [name for name in names if len(asked.getlist(name)) > 1]:
        raise ProtocolError("badArgument", f"Given more than once: {', '.join(sorted(repeated))}.")
    if "resumptionToken" in names:
        if len(names) > 1:
            raise ProtocolError("badArgument", "A resumptionToken stands alone.")
    elif missing := needed - names:
        raise ProtocolError("badArgument", f"Missing: {', '.join(sorted(missing))}.")
    return verb, {name: str(asked[name]) for name in names}


def listing(arguments: dict[str, str]) -> Listing:
    """The list that is asked for, from its beginning or behind what a token says was given."""
    token = arguments.get("resumptionToken")
    if token is None:
        return Listing(
            arguments["metadataPrefix"],
            arguments.get("from", ""),
            arguments.get("until", ""),
            arguments.get("set", ""),
        )
    try:
        return Listing(*signing.loads(token, salt=SALT))
    except signing.BadSignature as forged:
        raise ProtocolError("badResumptionToken", "The token is not one of ours.") from forged


def moments(listing: Listing) -> tuple[datetime | None, datetime | None]:
    """The moment from which on, and the one before which; days and seconds are not mixed."""
    since, since_step = _moment("from", listing.since)
    until, until_step = _moment("until", listing.until)
    if since is not None and until is not None:
        if since_step != until_step:
            raise ProtocolError("badArgument", "from and until differ in granularity.")
        if since > until:
            raise ProtocolError("badArgument", "from is later than until.")
    return since, until + until_step if until is not None else None


def _moment(name: str, text: str) -> tuple[datetime | None, timedelta]:
    if not text:
        return None, timedelta()
    for form, step in (
        ("%Y-%m-%dT%H:%M:%SZ", timedelta(seconds=1)),
        ("%Y-%m-%d", timedelta(days=1)),
    ):
        try:
            moment = datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        # Parsing forgives a missing nought, and the year 9999 has no day after its last.
        if moment.strftime(form) == text and moment.year < LAST_YEAR:
            return moment, step
    raise ProtocolError("badArgument", f"{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ.")
