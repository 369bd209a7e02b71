import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";

import { canRecord, useVoiceRecorder } from "@jamaa_base/voice/voice_recorder";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

// Five minutes for one text: what is longer is no step.
const LONGEST = 5 * 60 * 1000;
const MODEL = "jamaa.procedure.audio";

/**
 * One text after the other in large letters: read, record, listen, keep, next.
 */
export class VoiceStudio extends Component {
    static template = "jamaa_reception.VoiceStudio";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.player = useRef("player");
        this.canRecord = canRecord();
        this.sheetId = this.props.action.params?.sheet_id;
        this.state = useState({
            script: { lines: [], varieties: [], departments: [] },
            at: 0,
            fresh: null,
            consent: false,
            departmentId: false,
            saving: false,
        });
        this.voice = useVoiceRecorder({
            onRecorded: (content, mimetype) => {
                this.state.fresh = { content, mimetype };
            },
            longest: LONGEST,
        });
        useExternalListener(window, "keydown", (event) => this.onKeydown(event));
        onWillStart(() => this.load("ar"));
    }

    /** An answer that comes after another way of speaking was chosen is not shown. */
    async load(variety) {
        this.variety = variety;
        const script = await this.orm.call("jamaa.procedure.sheet", "voice_script", [
            [this.sheetId],
            variety,
        ]);
        if (this.variety === variety) {
            this.state.script = script;
            this.state.fresh = null;
        }
    }

    get lines() {
        return this.state.script.lines;
    }

    /** The text on the screen; `line` is each of the list. */
    get current() {
        return this.lines[this.state.at];
    }

    /** The recording to listen to: the one just made, else the one that was kept. */
    get source() {
        const { fresh } = this.state;
        if (fresh) {
            return `data:${fresh.mimetype};base64,${fresh.content}`;
        }
        const { audio } = this.current;
        return audio && `/web/content/${MODEL}/${audio.id}/sound?unique=${audio.digest}`;
    }

    get canKeep() {
        const { fresh, consent, saving } = this.state;
        return Boolean(fresh && consent && !saving && !this.voice.state.recording);
    }

    /** What was recorded of a text, in words for who hears the list and a sign for who sees it. */
    status({ audio }) {
        if (!audio) {
            return { icon: "fa-circle-o text-muted", words: _t("Not recorded yet") };
        }
        if (audio.stale) {
            return { icon: "fa-refresh text-warning", words: _t("To be recorded again") };
        }
        if (audio.provisional) {
            return { icon: "fa-cog text-info", words: _t("Made by a machine") };
        }
        return { icon: "fa-check text-success", words: _t("Recorded") };
    }

    async onVariety(event) {
        this.voice.stop();
        await this.load(event.target.value);
        this.state.at = Math.min(this.state.at, Math.max(this.lines.length - 1, 0));
        // Another reader, perhaps: the agreement is asked anew.
        this.state.consent = false;
    }

    onDepartment(event) {
        this.state.departmentId = parseInt(event.target.value) || false;
    }

    go(at) {
        if (at >= 0 && at < this.lines.length && !this.voice.state.recording) {
            this.state.at = at;
            this.state.fresh = null;
        }
    }

    toggle() {
        if (!this.canRecord) {
            return;
        }
        if (this.voice.state.recording) {
            this.voice.stop();
        } else {
            this.state.fresh = null;
            this.voice.start();
        }
    }

    listen() {
        this.player.el?.play();
    }

    async keep() {
        if (!this.canKeep) {
            return;
        }
        const line = this.current;
        const values = {
            sound: this.state.fresh.content,
            consent: true,
            department_id: this.state.departmentId,
        };
        this.state.saving = true;
        try {
            if (line.audio) {
                await this.orm.write(MODEL, [line.audio.id], values);
            } else {
                await this.orm.create(MODEL, [
                    {
                        ...values,
                        sheet_id: this.sheetId,
                        part: line.part,
                        step_id: line.step_id,
                        variety: this.state.script.variety,
                    },
                ]);
            }
            await this.load(this.variety);
            this.notification.add(_t("Kept."), { type: "success" });
        } finally {
            this.state.saving = false;
        }
    }

    async back() {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "jamaa.procedure.sheet",
            res_id: this.sheetId,
            views: [[false, "form"]],
        });
    }

    /** Keys by their place, so that an Arabic keyboard has them too. */
    onKeydown(event) {
        const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
        if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
            return;
        }
        const doing = {
            KeyR: () => this.toggle(),
            KeyL: () => this.listen(),
            KeyK: () => this.keep(),
            KeyN: () => this.go(this.state.at + 1),
            KeyP: () => this.go(this.state.at - 1),
        }[event.code];
        if (doing) {
            event.preventDefault();
            doing();
        }
    }
}

registry.category("actions").add("jamaa_reception.voice_studio", VoiceStudio);
