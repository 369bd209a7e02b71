import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/** A coordinate; where nobody set a pin both are 0, and 0 is shown as what it is: nothing. */
export class DegreesField extends FloatField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

export const degreesField = {
    ...floatField,
    component: DegreesField,
    displayName: _t("Degrees"),
};

registry.category("fields").add("jamaa_degrees", degreesField);
