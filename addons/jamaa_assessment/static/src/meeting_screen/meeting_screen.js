import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useService } from "@web/core/utils/hooks";

const MODEL = "jamaa.assessment.meeting";
const TYPING = "input, textarea, select, [contenteditable]";
const EVERY = 2500;
const MINUTE = 60;

/**
 * The big screen of a meeting. It stands before the room: what it gets from the server holds no single answer. Two of
 * them at once are fine: each asks every few seconds where the meeting stands, and sends only what it changes.
 */
export class MeetingScreen extends Component {
    static template = "jamaa_assessment.MeetingScreen";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.text = useRef("text");
        this.state = useState({ data: null, view: "hall", code: null, slips: null, seconds: 0, busy: false });
        // What is typed and not yet kept, by field; what comes from the server does not touch it.
        this.draft = useState({});
        this.turn = 0;
        this.chain = Promise.resolve();
        this.verdicts = {
            none: _t("No answer"),
            agreed: _t("Agreed"),
            discuss: _t("To discuss"),
            split: _t("Split"),
        };
        this.names = {
            reason: _t("Why this level"),
            dissent: _t("Differing opinion, without a name"),
            evidence: _t("Evidence seen"),
            importance: _t("Importance"),
            effort: _t("Effort"),
        };
        // Length of the field, as the server cuts it.
        this.boxes = [
            ["reason", 2000],
            ["dissent", 2000],
            ["evidence", 2000],
        ];
        this.scale = [
            ["1", _t("Low")],
            ["2", _t("Medium")],
            ["3", _t("High")],
        ];
        onWillStart(async () => {
            this.take(await this.ask("screen"));
            if (this.state.data.sits && !this.current) {
                this.state.view = this.openAgreed.length ? "agreed" : "items";
            }
        });
        onMounted(() => {
            this.poll = setInterval(() => this.look(), EVERY);
            this.clock = setInterval(() => this.tick(), 1000);
        });
        onWillUnmount(() => {
            clearInterval(this.poll);
            clearInterval(this.clock);
        });
        useExternalListener(document, "keydown", (ev) => this.onKey(ev));
    }

    // ---- asking ----

    ask(method, ...args) {
        return this.orm.silent.call(MODEL, method, [[this.props.action.params.meeting_id], ...args]);
    }

    /** Ask where the meeting stands; an answer that something done here has overtaken is left aside. */
    async look() {
        const turn = this.turn;
        if (this.state.busy) {
            return;
        }
        let data;
        try {
            data = await this.ask("screen");
        } catch {
            return; // the next look will do
        }
        if (turn === this.turn) {
            this.take(data);
        }
    }

    /**
     * Do something, one thing after the other: what was typed is kept before the item is left. What the server did not
     * take is asked anew, so that the screen shows what holds.
     */
    call(method, ...args) {
        this.turn++;
        this.state.busy = true;
        const run = this.chain.then(async () => {
            try {
                this.take(await this.ask(method, ...args));
            } catch (error) {
                this.take(await this.ask("screen"));
                throw error;
            } finally {
                this.state.busy = false;
            }
        });
        this.chain = run.catch(() => {});
        return run;
    }

    /** Keep what was being typed about an item that another screen has taken away meanwhile. */
    async keepTyped(former, typed) {
        const seen = {};
        Object.keys(typed).forEach((name) => {
            seen[name] = former[name];
        });
        try {
            await this.call("keep", former.id, typed, seen);
        } catch {
            this.notification.add(Object.values(typed).join("\n"), {
                title: _t("Not kept: somebody else wrote there"),
                type: "warning",
                sticky: true,
            });
        }
    }

    take(data) {
        const former = this.current;
        const before = former && former.id;
        this.state.data = data;
        this.received = performance.now();
        this.tick();
        const now = this.current && this.current.id;
        if (now !== before) {
            const typed = { ...this.draft };
            Object.keys(typed).forEach((name) => delete this.draft[name]);
            this.state.slips = null;
            if (before && Object.keys(typed).length) {
                this.keepTyped(former, typed);
            }
            if (now) {
                this.state.view = "item";
            } else if (this.state.view === "item") {
                this.state.view = "items";
            }
        }
        if (!this.openBallot) {
            this.state.slips = null;
        }
        if (!data.sits) {
            this.state.view = "hall";
            this.state.code = null;
        }
    }

    // ---- what is shown ----

    get current() {
        return this.state.data && this.state.data.current;
    }

    get openBallot() {
        return (this.current && this.current.ballots.find((ballot) => ballot.open)) || false;
    }

    get lastBallot() {
        const closed = this.current.ballots.filter((ballot) => !ballot.open);
        return closed.length ? closed[closed.length - 1] : false;
    }

    get openAgreed() {
        return this.state.data.agreed.filter((row) => !row.settled);
    }

    get openItems() {
        return this.state.data.items.filter((row) => !row.settled);
    }

    get present() {
        return this.state.data.seats.filter((seat) => seat.present).length;
    }

    get place() {
        return this.state.data.items.findIndex((row) => row.id === this.current.id);
    }

    get done() {
        return this.state.data.sits && !this.openItems.length && !this.openAgreed.length;
    }

    /** Levels or yes and no: what may be agreed on, with where answers and votes lay. */
    get choices() {
        const item = this.current;
        const choices =
            item.kind === "gate"
                ? [
                      { answer: "yes", sign: "✓", words: _t("Yes, this duty is met") },
                      { answer: "no", sign: "✗", words: _t("No, it is not met, or not wholly") },
                  ]
                : item.anchors.map((words, level) => ({
                      answer: `${level}`,
                      sign: `${level}`,
                      words,
                      level,
                  }));
        if (item.may_not_apply) {
            choices.push({ answer: "na", sign: "–", words: _t("This does not apply here") });
        }
        return choices;
    }

    within(spread, level) {
        return spread && spread.lowest !== null && spread.lowest <= level && level <= spread.highest;
    }

    middle(spread, level) {
        return spread && spread.middle !== null && Math.abs(spread.middle - level) <= 0.5;
    }

    value(name) {
        return name in this.draft ? this.draft[name] : this.current[name] || "";
    }

    tick() {
        const current = this.current;
        this.state.seconds = current
            ? current.allowed - current.elapsed - Math.floor((performance.now() - this.received) / 1000)
            : 0;
    }

    get timer() {
        const seconds = Math.abs(this.state.seconds);
        const words = `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;
        return this.state.seconds < 0 ? `+${words}` : words;
    }

    // ---- moving ----

    show(view) {
        this.state.view = view;
        this.state.code = null;
    }

    async open(row) {
        await this.call("open_item", row.id, this.current ? this.current.id : false);
        this.state.view = this.current ? "item" : this.state.view;
        this.text.el?.focus();
    }

    /** Go to the item before or after; nothing is settled by it. */
    async step(forward) {
        if (this.openBallot) {
            return;
        }
        const items = this.state.data.items;
        const row = this.current ? items[this.place + (forward ? 1 : -1)] : items[0];
        if (row) {
            await this.open(row);
        }
    }

    async next() {
        const row = this.openItems.find((one) => !this.current || one.id !== this.current.id);
        if (row) {
            await this.open(row);
        } else if (this.current) {
            await this.call("leave_item", this.current.id);
        }
    }

    onKey(ev) {
        const target = ev.target.closest?.(`${TYPING}, .modal, .o_dialog`);
        if (ev.ctrlKey || ev.altKey || ev.metaKey || target || !this.state.data.sits) {
            return;
        }
        const onButton = ev.target.closest?.("button, a, summary");
        const forward = localization.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        const back = localization.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
        // The place of the key, not its sign: figures lie elsewhere on a French and on an Arabic keyboard.
        const figure = /^(?:Digit|Numpad)(\d)$/.exec(ev.code);
        const answer = figure ? figure[1] : { KeyY: "yes", KeyN: "no", KeyX: "na" }[ev.code];
        const fits = this.state.view === "item" && this.choices.some((choice) => choice.answer === answer);
        if (this.state.slips && this.onSlipKey(ev.key, fits && answer)) {
            ev.preventDefault();
            return;
        }
        if (ev.key === forward) {
            this.step(true);
        } else if (ev.key === back) {
            this.step(false);
        } else if (ev.key === " " && !onButton && this.state.view === "item") {
            this.toggleBallot();
        } else if (ev.key === "Enter" && !onButton && this.state.view === "item" && !this.openBallot) {
            this.settle();
        } else if (
            ev.key === "Enter" &&
            !onButton &&
            this.state.view === "agreed" &&
            this.openAgreed.length
        ) {
            this.acceptAll();
        } else if (fits && !this.openBallot) {
            this.keep("answer", answer);
        } else {
            return;
        }
        ev.preventDefault();
    }

    // ---- the hall ----

    begin() {
        return this.call("begin", "place" in this.draft ? this.draft.place : null).then(() => {
            delete this.draft.place;
        });
    }

    async showCode(seat, renew = false) {
        const code = await this.orm.call(MODEL, "seat_code", [
            [this.props.action.params.meeting_id],
            seat.id,
            renew,
        ]);
        this.state.code = { ...code, seat: seat.id };
    }

    get codeSeat() {
        const seat = this.state.code && this.state.data.seats.find((one) => one.id === this.state.code.seat);
        return seat || false;
    }

    // ---- agreeing ----

    acceptAll() {
        return this.call(
            "accept",
            this.openAgreed.map((row) => row.id)
        );
    }

    /** Keep one thing; what the screen showed goes with it, so that nobody's words are lost. */
    async keep(name, value) {
        const seen = { [name]: this.current[name] };
        if ((value || false) === (seen[name] || false)) {
            delete this.draft[name];
            return;
        }
        await this.call("keep", this.current.id, { [name]: value }, seen);
        delete this.draft[name];
    }

    async settle() {
        await this.chain;
        // What was typed and not taken stays on the screen, with its item.
        if (Object.keys(this.draft).length) {
            return;
        }
        await this.call("settle", this.current.id);
        await this.next();
    }

    async toggleBallot() {
        const ballot = this.openBallot;
        if (this.state.busy) {
            return; // a second press is no second vote
        }
        if (ballot) {
            await this.call("close_ballot", ballot.id);
        } else {
            await this.call("open_ballot", this.current.id);
        }
        this.text.el?.focus();
    }

    // ---- slips of paper: typed without being shown ----

    startSlips() {
        this.state.slips = [];
        this.text.el?.focus();
    }

    onSlipKey(key, answer) {
        if (answer) {
            if (this.state.slips.length < this.openBallot.paper) {
                this.state.slips.push(answer);
            }
        } else if (key === "Backspace") {
            this.state.slips.pop();
        } else if (key === "Escape") {
            this.state.slips = null;
        } else if (key === "Enter") {
            this.keepSlips();
        } else {
            return false;
        }
        return true;
    }

    async keepSlips() {
        const slips = this.state.slips;
        this.state.slips = null;
        await this.call("enter_slips", this.openBallot.id, slips);
        this.text.el?.focus();
    }

    // ---- leaving ----

    fullScreen() {
        if (document.fullscreenElement) {
            document.exitFullscreen();
        } else {
            this.root.el.requestFullscreen();
        }
    }

    leave() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "jamaa.assessment.round",
            res_id: this.props.action.params.round_id,
            views: [[false, "form"]],
            target: "main",
        });
    }
}

registry.category("actions").add("jamaa_assessment.meeting_screen", MeetingScreen);
