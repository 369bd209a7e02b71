import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { useService } from "@web/core/utils/hooks";

const MODEL = "jamaa.assessment.rater";
const TYPING = "input, textarea, select, [contenteditable]";

/** Read a chosen file as base64, without the head of its data address. */
function readFile(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(reader.result.split(",")[1] || ""));
        reader.addEventListener("error", () => reject(reader.error));
        reader.readAsDataURL(file);
    });
}

/**
 * The grid of a round, one item at a time, answered by one seat of its panel. Every answer is kept at once, so that
 * one may stop anywhere and go on later; nothing of anybody else is shown.
 */
export class GridScreen extends Component {
    static template = "jamaa_assessment.GridScreen";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.text = useRef("text");
        this.state = useState({ sheet: null, place: 0, saving: false, kind: "" });
        this.queue = Promise.resolve();
        onWillStart(async () => {
            await this.load();
            this.goToFirstOpen();
        });
        useExternalListener(document, "keydown", (ev) => this.onKey(ev));
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, [[this.props.action.params.rater_id], ...args]);
    }

    async load() {
        this.state.sheet = await this.call("answer_sheet");
    }

    /** One call after the other: whoever types a paper form in is quicker than the network. */
    inTurn(call) {
        const turn = this.queue.then(call);
        this.queue = turn.catch(() => {});
        return turn;
    }

    // ---- what is shown ----

    get items() {
        return this.state.sheet.criteria.flatMap((criterion) => criterion.items);
    }

    get item() {
        return this.items[this.state.place];
    }

    get criterion() {
        return this.state.sheet.criteria.find((criterion) => criterion.items.includes(this.item));
    }

    get answered() {
        return this.items.filter((item) => item.answer).length;
    }

    get share() {
        return Math.round((100 * this.answered) / (this.items.length || 1));
    }

    get writable() {
        return this.state.sheet.open && !this.state.sheet.finished;
    }

    get isLast() {
        return this.state.place === this.items.length - 1;
    }

    answeredOf(criterion) {
        return criterion.items.filter((item) => item.answer).length;
    }

    /** The answers of an item: what is kept, the sign on the button, the words beside it. */
    get choices() {
        const item = this.item;
        const choices =
            item.kind === "gate"
                ? [
                      { answer: "yes", sign: "✓", words: _t("Yes, this duty is met") },
                      { answer: "no", sign: "✗", words: _t("No, it is not met, or not wholly") },
                  ]
                : item.anchors.map((words, level) => ({ answer: `${level}`, sign: `${level}`, words }));
        if (item.may_not_apply) {
            choices.push({ answer: "na", sign: "–", words: _t("This does not apply here") });
        }
        return choices;
    }

    // ---- moving ----

    goToFirstOpen() {
        const open = this.items.findIndex((item) => !item.answer);
        this.state.place = open === -1 ? 0 : open;
    }

    go(place) {
        this.state.place = Math.min(Math.max(place, 0), this.items.length - 1);
        this.text.el?.focus();
    }

    goToCriterion(criterion) {
        const open = criterion.items.find((item) => !item.answer) || criterion.items[0];
        this.go(this.items.indexOf(open));
    }

    onKey(ev) {
        if (ev.ctrlKey || ev.altKey || ev.metaKey || ev.target.closest?.(`${TYPING}, .modal`)) {
            return;
        }
        const forward = localization.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        const back = localization.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
        // The place of the key, not its sign: figures lie elsewhere on a French and on an Arabic keyboard.
        const figure = /^(?:Digit|Numpad)(\d)$/.exec(ev.code);
        // A duty of the law is answered with 1 for yes and 0 for no.
        const answer = figure && (this.item.kind === "gate" ? { 1: "yes", 0: "no" }[figure[1]] : figure[1]);
        if (ev.key === forward || (ev.key === "Enter" && !ev.target.closest?.("button, a"))) {
            this.go(this.state.place + 1);
        } else if (ev.key === back) {
            this.go(this.state.place - 1);
        } else if (answer && this.choices.some((choice) => choice.answer === answer)) {
            this.type(answer);
        } else if (ev.code === "KeyN" && this.item.may_not_apply) {
            this.type("na");
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** Keep what was typed; on a paper form the next item follows at once, as the eye does on the paper. */
    type(answer) {
        const kept = this.choose(answer);
        if (this.state.sheet.paper && this.writable && !this.isLast) {
            this.go(this.state.place + 1);
        }
        return kept;
    }

    // ---- keeping ----

    /** Change the item and keep it; what the server did not take is put back. */
    async change(item, values) {
        if (!this.writable) {
            return;
        }
        const before = { answer: item.answer, comment: item.comment, link: item.link };
        Object.assign(item, values);
        this.state.saving = true;
        try {
            await this.inTurn(() => this.call("answer", item.id, item.answer, item.comment, item.link));
        } catch (error) {
            Object.assign(item, before);
            throw error;
        } finally {
            this.state.saving = false;
        }
    }

    choose(answer) {
        return this.change(this.item, { answer });
    }

    async onFile(ev) {
        const item = this.item;
        const file = ev.target.files[0];
        if (file) {
            await this.call("attach_evidence", item.id, file.name, await readFile(file));
            item.file = file.name;
        }
    }

    async removeFile() {
        const item = this.item;
        await this.call("attach_evidence", item.id, "", "");
        item.file = "";
    }

    // ---- a record as evidence ----

    get kind() {
        const kinds = this.state.sheet.evidence_kinds;
        return kinds.find((kind) => kind.model === this.state.kind) || kinds[0];
    }

    /** Choose among what may be evidence and what the user may read. */
    chooseRecord() {
        const item = this.item;
        const kind = this.kind;
        this.dialog.add(SelectCreateDialog, {
            title: kind.name,
            resModel: kind.model,
            domain: kind.domain,
            noCreate: true,
            multiSelect: false,
            onSelected: ([id]) => this.keepRecord(item, kind.model, id),
        });
    }

    async keepRecord(item, model = false, id = false) {
        item.record = (await this.inTurn(() => this.call("attach_record", item.id, model, id))) || "";
    }

    // ---- without a connection ----

    takeForm() {
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/jamaa/assessment/seat/${this.props.action.params.rater_id}.xlsx`,
            target: "download",
        });
    }

    async bringForm() {
        return this.action.doAction(await this.call("action_bring_form"), { onClose: () => this.load() });
    }

    async finish() {
        await this.inTurn(() => this.call("action_finish"));
        this.state.sheet.finished = true;
        this.notification.add(
            _t("Thank you. Your answers stay yours: the meeting sees how far apart all answers lie."),
            {
                type: "success",
            }
        );
    }

    async reopen() {
        await this.call("action_reopen");
        this.state.sheet.finished = false;
    }

    leave() {
        return this.action.doAction("jamaa_assessment.jamaa_assessment_rater_action_mine", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("actions").add("jamaa_assessment.grid_screen", GridScreen);
