"""Sections that several authors write, and never overwrite silently."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accreditation.models import SectionDraft
from accreditation.operations import sections
from centar.access import Refusal
from centar.questionnaires.drafts import MOST_TYPED, ChangedMeanwhile, Seen
from tests.accreditation import writing_scene
from tests.factories.accreditation import AuthorFactory
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.questionnaires import SectionFactory
from tests.office import desk_of, serbian

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return writing_scene.furnish()


def said(scene, words, **seen):
    page = {"seen": "0", "page": "strana", **seen}
    return {f"q{scene.aims.pk}": words, **page}


def path(scene):
    return f"{scene.path}deo/{scene.aims.section_id}/"


class TestKeeping:
    def test_wrong_and_unfinished_words_are_kept(self, scene):
        scene.write("Де")

        draft = SectionDraft.objects.get()
        assert draft.values == {f"q{scene.aims.pk}": ["Де"]}
        assert draft.saved_by == scene.lead

    def test_the_same_once_more_changes_nothing(self, scene):
        first = scene.write()

        assert scene.write(page="друга").revision == first.revision

    def test_another_authors_words_are_not_overwritten(self, scene):
        scene.write("Прво.", by=scene.colleague, page="b")

        with pytest.raises(ChangedMeanwhile) as told:
            scene.write("Друго.", page="a")

        assert told.value.draft.saved_by == scene.second
        assert SectionDraft.objects.get().values == {f"q{scene.aims.pk}": ["Прво."]}

    def test_a_page_is_not_told_of_its_own_saving(self, scene):
        scene.write("П")
        scene.write("Пр")

        assert scene.write("Прво.").values == {f"q{scene.aims.pk}": ["Прво."]}

    def test_whoever_has_seen_the_other_version_writes_over_it(self, scene):
        theirs = scene.write("Прво.", by=scene.colleague, page="b")

        kept = scene.write("Друго.", seen=theirs.revision)
        assert kept.values == {f"q{scene.aims.pk}": ["Друго."]}

    def test_who_may_and_who_may_not(self, scene):
        invited = AuthorFactory(proposal=scene.draft, invited=True)
        left = AuthorFactory(proposal=scene.draft)
        left.removed_at = timezone.now()
        left.save()
        refused = []
        for user in (PersonFactory().user, left.person.user, UserFactory(email=invited.email)):
            with pytest.raises(Refusal) as no:
                scene.write("Туђе.", by=user)
            refused.append(str(no.value))

        assert refused == ["You are not an author of this proposal."] * 3
        assert scene.write("Моје.", by=scene.colleague).saved_by == scene.second

    def test_a_second_after_the_last_day_it_is_too_late(self, scene):
        closes = timezone.localdate() + timedelta(days=10)
        midnight = timezone.make_aware(timezone.datetime(closes.year, closes.month, closes.day))
        with time_machine.travel(midnight + timedelta(hours=23, minutes=59, seconds=59)):
            scene.write("Последње.")
        late = time_machine.travel(midnight + timedelta(days=1))
        with late, pytest.raises(Refusal, match="ended on"):
            scene.write("Прекасно.")

    def test_a_section_of_another_form_and_too_much_are_refused(self, scene):
        other = SectionFactory()
        for section, words in ((other.pk, "а"), (scene.aims.section_id, "а" * (MOST_TYPED + 1))):
            with pytest.raises(Refusal):
                sections.keep(
                    proposal_id=scene.draft.pk,
                    section_id=section,
                    values={f"q{scene.aims.pk}": [words]},
                    seen=Seen(0, "a"),
                    by=scene.leader,
                )

        assert SectionDraft.objects.count() == 0


class TestPage:
    def test_the_button_saves_and_leads_back(self, scene):
        answer = scene.desk.post(path(scene), said(scene, "Огледом."))

        assert answer.headers["Location"] == scene.path
        assert SectionDraft.objects.get().values == {f"q{scene.aims.pk}": ["Огледом."]}

    def test_it_is_saved_while_it_is_typed_and_says_so(self, scene):
        answer = scene.desk.post(
            path(scene), said(scene, "Огле"), headers={"HX-Request": "true", "HX-Target": "kept"}
        )

        assert [one.name for one in answer.templates] == ["questionnaires/_kept.html"]
        assert str(scene.lead) in answer.content.decode()

    def test_who_saves_later_chooses_between_both_versions(self, scene):
        scene.write("Колегине речи.", by=scene.colleague, page="b")

        answer = scene.desk.post(path(scene), said(scene, "Моје речи."))

        page = answer.content.decode()
        assert answer.status_code == 409
        assert ("Колегине речи." in page, "Моје речи." in page) == (True, True)

    def test_html_is_shown_as_it_was_typed(self, scene):
        scene.write("<script>alert(1)</script>")

        for page in (path(scene), f"{scene.path}provera/"):
            content = scene.desk.get(page).content.decode()
            assert ("<script>alert" in content, "&lt;script&gt;alert" in content) == (False, True)

    def test_to_others_it_is_not_there(self, scene):
        assert desk_of(PersonFactory().user).get(path(scene)).status_code == 404
        assert scene.desk.get(f"{scene.path}deo/{SectionFactory().pk}/").status_code == 404

    def test_after_submitting_it_is_only_read(self, scene):
        scene.finish()
        scene.sign()
        scene.submit()

        page = scene.desk.get(path(scene))
        answer = scene.desk.post(path(scene), said(scene, "Друкчије."))

        assert serbian("It cannot be changed now") in page.content.decode()
        assert "hx-post" not in page.content.decode().split("</header>")[1].split("<footer")[0]
        assert answer.status_code == 409
        assert SectionDraft.objects.get().values == {f"q{scene.aims.pk}": ["Огледом."]}
