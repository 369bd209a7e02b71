import { useState, onWillUnmount } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BinaryField, binaryField } from "@web/views/fields/binary/binary_field";

// Ten minutes of speech stay well below what the server takes.
const LONGEST = 10 * 60 * 1000;
const BITS_PER_SECOND = 32000;

/**
 * A file of speech: recorded here where the browser can, or chosen like any file.
 */
export class VoiceField extends BinaryField {
    static template = "jamaa_complaints.VoiceField";

    setup() {
        super.setup();
        this.voice = useState({ recording: false });
        onWillUnmount(() => {
            // Whoever leaves the form keeps nothing of what was being said.
            if (this.recorder) {
                this.recorder.onstop = null;
            }
            this.release();
        });
    }

    get canRecord() {
        return !this.props.readonly && Boolean(window.MediaRecorder && navigator.mediaDevices);
    }

    async start() {
        try {
            this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        } catch {
            this.notification.add(
                _t("The microphone cannot be used. Record with a phone and choose the file."),
                { type: "warning" }
            );
            return;
        }
        const parts = [];
        this.recorder = new MediaRecorder(this.stream, {
            audioBitsPerSecond: BITS_PER_SECOND,
        });
        this.recorder.ondataavailable = (event) => parts.push(event.data);
        this.recorder.onstop = () => this.keep(parts);
        this.recorder.start();
        this.timer = setTimeout(() => this.stop(), LONGEST);
        this.voice.recording = true;
    }

    stop() {
        if (this.recorder?.state === "recording") {
            this.recorder.stop();
        }
        this.release();
    }

    release() {
        clearTimeout(this.timer);
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = null;
        this.voice.recording = false;
    }

    keep(parts) {
        const reader = new FileReader();
        reader.onload = () => this.update({ data: reader.result.split(",")[1], name: "voice" });
        reader.readAsDataURL(new Blob(parts, { type: this.recorder.mimeType }));
    }
}

export const voiceField = {
    ...binaryField,
    component: VoiceField,
    displayName: _t("Voice note"),
};

registry.category("fields").add("jamaa_voice", voiceField);
