"""A workshop of the fictional programme on the grid of communication, with proposals at every point."""

from datetime import timedelta

from odoo import fields

from .assessment_days import as_user, date, on, president_of
from .dissemination import FICTIONAL_PROGRAMME
from .wording import words

NAME = words(
    "Communication: the grid after its first year",
    "Communication : la grille après un an",
    "التواصل: الشبكة بعد سنتها الأولى",
)
PURPOSE = words(
    "What proved hard to answer is worded anew, what was missing is added.",
    "Reformuler ce qui était difficile à noter, ajouter ce qui manquait.",
    "إعادة صياغة ما صعب تنقيطه، وإضافة ما كان ناقصا.",
)
REWORD = {
    "ar": "شخص معروف، يسميه قرار، يتولى التواصل.",
    "fr": "Une personne connue, nommée par un acte, s’occupe de la communication.",
    "why": words(
        "“Known” alone was read in three ways.",
        "« Connue » seul a été lu de trois façons.",
        "«معروف» وحدها فهمت بثلاث طرق.",
    ),
}
LEAVE_OUT = words(
    "Urgent cases are rare with us.", "Les urgences sont rares chez nous.", "الحالات المستعجلة نادرة عندنا."
)
DECLINED = words(
    "Floods came to two communes last winter: the item stays. A small commune may answer that it does not apply.",
    "Deux communes ont connu des inondations l'hiver dernier : l'élément reste. Une petite commune peut répondre "
    "qu'il ne s'applique pas.",
    "عرفت جماعتان فيضانات في الشتاء الماضي: يبقى العنصر. ويمكن للجماعة الصغيرة أن تجيب بأنه لا ينطبق.",
)
#: A new item: statement and six levels.
ITEM = {
    "name": ("يسمع من لا يقرأ ما تعلنه الجماعة.", "Qui ne lit pas entend ce que la commune annonce."),
    "anchor_0": ("كل شيء مكتوب.", "Tout est écrit."),
    "anchor_1": ("حددنا ما يحتاج إلى صوت.", "On sait ce qui demande une voix."),
    "anchor_2": ("تسجل الإعلانات المهمة بالصوت.", "Les annonces importantes sont enregistrées."),
    "anchor_3": ("نتحقق أنها سمعت.", "On vérifie qu’elles ont été entendues."),
    "anchor_4": ("نغيرها وفق ما قيل لنا.", "On les change selon ce qu’on nous dit."),
    "anchor_5": ("تبادلنا التسجيلات مع جماعة أخرى.", "On échange les enregistrements avec une autre commune."),
}
ITEM_WHY = words(
    "A third of those who come to the desk do not read.", "Un tiers de ceux qui viennent au guichet ne lit pas.",
    "ثلث من يأتي إلى الشباك لا يقرأ.",
)  # fmt: skip
COMMENT = words(
    "With us too; the market crier could be named.", "Chez nous aussi ; on pourrait nommer le crieur du marché.",
    "عندنا أيضا، ويمكن ذكر البراح.",
)  # fmt: skip
CRITERION = ("التواصل وقت الأزمات", "Communication en temps de crise")
CRITERION_WHY = words(
    "Crises deserve more than one item.", "Les crises méritent plus d'un élément.", "الأزمات تستحق أكثر من عنصر واحد.",
)  # fmt: skip
OPENED = 30


def generate(env, staff):
    """Open the workshop and let the communes propose; the programme's team leads it.

    :param dict staff: what ``people.generate`` returned
    """
    lead = env["res.users"].search([("login", "=", "programme")])
    users = {size: president_of(one.users) for size, one in staff.items()}
    programme = env["jamaa.programme"].search([("name", "=", FICTIONAL_PROGRAMME["en"])], limit=1)
    grid = env["jamaa.assessment.grid"].search([("code", "=", "communication"), ("company_id", "=", False)])
    workshop = as_user(env["jamaa.assessment.workshop"], lead).create(
        {
            "name": NAME["ar"],
            "purpose": PURPOSE["ar"],
            "company_id": programme.company_id.id,
            "programme_id": programme.id,
            "lead_id": lead.id,
            "grid_id": grid.id,
        }
    )
    workshop.action_open()
    items = {item.key: item for item in workshop.version_id.item_ids}
    adopted = _propose(
        workshop, users["large"], kind="reword", item_id=items["plan-who"].id,
        name_ar=REWORD["ar"], name_fr=REWORD["fr"], reason=REWORD["why"]["ar"],
    )  # fmt: skip
    as_user(adopted, users["middle"]).action_support()
    as_user(adopted, lead).action_adopt()
    declined = _propose(
        workshop, users["small"], kind="leave_out", item_id=items["dialogue-crisis"].id, reason=LEAVE_OUT["ar"]
    )
    as_user(declined, lead)._decline(DECLINED["ar"])
    texts = {
        f"{name}_{lang}": text for name, pair in ITEM.items() for lang, text in zip(("ar", "fr"), pair, strict=True)
    }
    supported = _propose(
        workshop, users["middle"], kind="item", item_kind="level", reason=ITEM_WHY["fr"], **texts,
        criterion_id=items["reach-forgotten"].criterion_id.id,
    )  # fmt: skip
    for size in ("large", "small"):
        as_user(supported, users[size]).action_support()
    as_user(env["jamaa.assessment.remark"], users["small"]).create({"proposal_id": supported.id, "text": COMMENT["ar"]})
    fresh = _propose(
        workshop,
        users["large"],
        kind="criterion",
        name_ar=CRITERION[0],
        name_fr=CRITERION[1],
        reason=CRITERION_WHY["ar"],
    )
    _date(workshop.sudo(), (adopted | declined | supported | fresh).sudo())


def _propose(workshop, user, **values):
    mine = as_user(workshop, user)
    return mine.env["jamaa.assessment.proposal"].create({"workshop_id": mine.id, **values}).sudo()


def _date(workshop, proposals):
    """One proposal a week, each talked about in the days after it."""
    opened = fields.Date.context_today(workshop) - timedelta(days=OPENED)
    date(workshop, opened_on=opened)
    for rank, proposal in enumerate(proposals):
        made = opened + timedelta(days=2 + 7 * rank)
        date(proposal, proposed_on=made)
        if proposal.decided_on:
            date(proposal, decided_on=made + timedelta(days=5))
        for later, remark in enumerate(proposal.remark_ids.sorted("id")):
            date(remark, posted_on=on(made + timedelta(days=later)))
