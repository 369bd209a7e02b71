import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BinaryField, binaryField } from "@web/views/fields/binary/binary_field";

import { canRecord, useVoiceRecorder } from "./voice_recorder";

/**
 * A file of speech: recorded here where the browser can, or chosen like any file.
 */
export class VoiceField extends BinaryField {
    static template = "jamaa_base.VoiceField";

    setup() {
        super.setup();
        this.voice = useVoiceRecorder({
            onRecorded: (data) => this.update({ data, name: "voice" }),
        });
    }

    get canRecord() {
        return !this.props.readonly && canRecord();
    }
}

export const voiceField = {
    ...binaryField,
    component: VoiceField,
    displayName: _t("Voice note"),
};

registry.category("fields").add("jamaa_voice", voiceField);
