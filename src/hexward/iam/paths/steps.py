"""Steps to roles by way of services: a role is passed to something new, or something runs under it already."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from hexward.iam import glob
from hexward.iam.doubt import Answer, Doubt, all_of
from hexward.iam.paths.account import AccountView, Way
from hexward.iam.paths.catalogue import ANY, OF_TARGET, Category, Path, catalogue
from hexward.iam.paths.effective import Effective
from hexward.iam.paths.things import Found

type Edges = dict[str, list[Way]]
"""The ways to each target, by the target's ARN."""

OWN_NAME = "chosen"
"""The name of what the caller makes, where a policy says nothing of names."""


class Steps:
    """The steps of one principal through services."""

    def __init__(self, view: AccountView, who: Effective) -> None:
        """Take who walks."""
        self.view = view
        self.who = who
        self._passable: dict[tuple[str, str], Mapping[str, Answer]] = {}
        self._begun: dict[str, tuple[Way, ...]] = {}

    def edges(self) -> Edges:
        """Return the ways to each role that some service would act as."""
        out: Edges = {}
        if self.who.speaks_of("iam:PassRole"):
            self._pass_on(out)
        for path in self.view.by_category[Category.EXISTING]:
            for role, way in self._through(path):
                if role != self.who.arn and role in self.view.principals:
                    out.setdefault(role, []).append(way)
        return out

    def _pass_on(self, out: Edges) -> None:
        """Add the edges to every role that may be passed to the service of a path that is otherwise open."""
        for path in self.view.by_category[Category.NEW]:
            for way in self.begun(path):
                for role, answer in self.passable(path).items():
                    doubt = way.doubt or (answer.construct if isinstance(answer, Doubt) else "")
                    known = way if doubt == way.doubt else Way(way.paths, way.through, way.asks, doubt)
                    out.setdefault(role, []).append(known)

    def passable(self, path: Path) -> Mapping[str, Answer]:
        """Return the roles that trust the path's service and may be passed to it."""
        if not self.who.speaks_of("iam:PassRole"):
            return {}
        wanted = (path.to, path.service)
        if wanted not in self._passable:
            self._passable[wanted] = self._passed(path)
        return self._passable[wanted]

    def _passed(self, path: Path) -> Mapping[str, Answer]:
        told = {"iam:passedtoservice": path.to}
        found: dict[str, Answer] = {}
        for role, trusted in self.view.trusting[path.service].items():
            if role == self.who.arn:
                continue
            passed = self.who.may("iam:PassRole", role, told, self.view.tags_of(role))
            answer = all_of((passed, trusted))
            if answer is not False:
                found[role] = answer
        return found

    def begun(self, path: Path) -> tuple[Way, ...]:
        """Return a way if all but the passing of the role is allowed."""
        if path.id not in self._begun:
            self._begun[path.id] = tuple(self._begin(path))
        return self._begun[path.id]

    def _begin(self, path: Path) -> Iterator[Way]:
        asks = [(action, word) for action, word in path.do.items() if word not in OF_TARGET]
        if not all(self.who.speaks_of(action) for action, _ in asks):
            return
        answers = [self.who.may(action, ANY) for action, word in asks if word == ANY]
        resources = [(action, ANY) for action, word in asks if word == ANY]
        for word in dict.fromkeys(word for _, word in asks if word != ANY):
            actions = [action for action, on in asks if on == word]
            answer, resource = self._on(word, actions)
            answers.append(answer)
            resources += [(action, resource) for action in actions]
        if path.needs:
            answers.append(self.view.things.missing.get(path.needs, True))
        answer = all_of(answers)
        if answer is not False:
            yield Way((path.id,), "", tuple(resources), answer.construct if isinstance(answer, Doubt) else "")

    def _on(self, word: str, actions: list[str]) -> tuple[Answer, str]:
        """Say whether actions are allowed on a thing of the caller's own, or on one that exists, and on which.

        Where others would do as well, that is the pattern of all: whoever is refused one takes another.
        """
        pattern = self.view.like(word.removeprefix("+"))
        if word.startswith("+"):
            return self.named(word[1:], actions)[0], pattern
        things = self.view.things.found.get(word, ())
        free = list(islice((one for one in things if self.who.may_all(actions, one.arn, one.tags) is True), 2))
        if free:
            return True, free[0].arn if len(free) == 1 else pattern
        missing = self.view.things.missing.get(word)
        if missing is None:
            return False, pattern
        return all_of((self.who.may_all(actions, pattern, missing), missing)), pattern

    def named(self, word: str, actions: list[str]) -> tuple[Answer, str]:
        """Say whether there is a name under which a caller may do all of some actions on a thing of its own, and which."""
        pattern = self.view.like(word)
        answer = self.who.may_all(actions, pattern)
        if answer is False or len(actions) == 1:
            return answer, pattern
        for candidate in dict.fromkeys(self._names(word, actions)):
            if self.who.may_all(actions, candidate) is True:
                return True, candidate
        return Doubt(f"no name is known under which {' and '.join(actions)} are allowed together"), pattern

    def _names(self, word: str, actions: Iterable[str]) -> Iterator[str]:
        """Yield ARNs to try: one for each pattern that a policy allows, and one that no policy names."""
        region = self.view.inventory.regions[0] if self.view.inventory.regions else "us-east-1"
        like = glob.matcher(self.view.like(word))
        for action in actions:
            for statement, _ in self.who.policies.compiled.identity.about(action.lower())[1]:
                for text in statement.resources.written:
                    fields = text.split(":", 5)
                    if len(fields) == 6:  # noqa: PLR2004  (an ARN has six fields)
                        fields[3:5] = [region if "*" in fields[3] else fields[3], self.view.number]
                        name = ":".join(fields).replace("*", OWN_NAME).replace("?", "x")
                        if like(name):
                            yield name
        yield self.view.like(word, OWN_NAME, region)

    def _through(self, path: Path) -> Iterator[tuple[str, Way]]:
        """Yield the roles of what exists and does what the caller says."""
        asks = list(path.do.items())
        if not all(self.who.speaks_of(action) for action, word in asks if word != "model_object"):
            return
        unspoken = not all(self.who.speaks_of(action) for action, _ in asks)
        free = all_of(self.who.may(action, ANY) for action, word in asks if word == ANY)
        if free is False:
            return
        word = next(word for _, word in asks if word != ANY)
        # What its own policies do not allow, a thing's may; asking thousands that have none for each principal takes long.
        things = self.view.with_policies if unspoken else self.view.things.found
        for found in things.get(word, ()):
            woken = self.who.may_all(found.wakes, found.arn, found.tags)
            answer = all_of((free, woken, *(self._at(found, action, on, word) for action, on in asks if on != ANY)))
            if answer is not False:
                way = Way((path.id,), found.arn, _asks(found, asks, word), _told(answer))
                yield from ((role, way) for role in found.roles)
        yield from self._unseen(path, word, asks)

    def _at(self, found: Found, action: str, on: str, word: str) -> Answer:
        resource = found.arn if on == word else found.also[on]
        answer = self.who.may(action, resource, tags=found.tags, policy=found.policy)
        if found.key is None or answer is False:
            return answer
        return all_of((answer, self.who.opens("kms:GenerateDataKey", found.key)))

    def _unseen(self, path: Path, word: str, asks: list[tuple[str, str]]) -> Iterator[tuple[str, Way]]:
        """Yield, in doubt, the roles under which something may run that was not collected."""
        missing = self.view.things.missing.get(word)
        if missing is None:
            return
        patterns = [(action, ANY if on == ANY else self.view.like(on)) for action, on in asks]
        if all_of(self.who.may(action, pattern, tags=missing) for action, pattern in patterns) is False:
            return
        way = Way((path.id,), self.view.like(word), tuple(patterns), missing.construct)
        for role, trusted in self.view.trusting.get(catalogue().things[word].trusted, {}).items():
            told = _told(all_of((trusted, missing)))
            yield role, way if told == way.doubt else Way(way.paths, way.through, way.asks, told)


def _told(answer: Answer) -> str:
    return answer.construct if isinstance(answer, Doubt) else ""


def _asks(found: Found, asks: Iterable[tuple[str, str]], word: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (action, ANY if on == ANY else found.arn if on == word else found.also.get(on, ANY)) for action, on in asks
    )
