import { Component, useEffect, useRef } from "@odoo/owl";

import { CopyButton } from "@web/core/copy_button/copy_button";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ICONS = "/web_leaflet_lib/static/lib/leaflet/images/";
// Never so far out that more than the commune shows.
const ZOOM = { minZoom: 12, maxZoom: 19, zoom: 16 };

/**
 * Where the pin of a case stands: on a small map where the commune named a server of tiles,
 * else as numbers to copy. Nothing is loaded from elsewhere without that address.
 */
export class PinField extends Component {
    static template = "jamaa_complaints.PinField";
    static components = { CopyButton };
    static props = { ...standardFieldProps };

    setup() {
        this.canvas = useRef("canvas");
        this.copyText = _t("Copy the coordinates");
        this.copiedText = _t("Copied");
        useEffect(
            (canvas, tiles, latitude, longitude) => {
                this.map = canvas && this.draw(canvas, tiles, [latitude, longitude]);
                return () => this.map?.remove();
            },
            () => [this.canvas.el, this.data.map_tile_address, this.data.latitude, this.data.longitude]
        );
    }

    get data() {
        return this.props.record.data;
    }

    /** Latitude, then longitude, the way maps read them. */
    get numbers() {
        return `${this.data.latitude.toFixed(6)}, ${this.data.longitude.toFixed(6)}`;
    }

    /** RFC 5870: the device opens its own map, no server is named. */
    get address() {
        return `geo:${this.data.latitude.toFixed(6)},${this.data.longitude.toFixed(6)}`;
    }

    draw(canvas, tiles, place) {
        const L = window.L;
        const source = this.data.map_copyright;
        const map = L.map(canvas, {
            ...ZOOM,
            center: place,
            attributionControl: Boolean(source),
            scrollWheelZoom: false,
        });
        if (source) {
            // As text: what a commune typed is no markup.
            const words = document.createElement("span");
            words.textContent = source;
            map.attributionControl.setPrefix(false).addAttribution(words.innerHTML);
        }
        L.tileLayer(tiles, { maxZoom: ZOOM.maxZoom, referrerPolicy: "no-referrer" }).addTo(map);
        L.marker(place, {
            icon: L.icon({
                iconUrl: `${ICONS}marker-icon.png`,
                iconRetinaUrl: `${ICONS}marker-icon-2x.png`,
                shadowUrl: `${ICONS}marker-shadow.png`,
                iconSize: [25, 41],
                iconAnchor: [12, 41],
                shadowSize: [41, 41],
            }),
            alt: _t("The place of the case"),
            interactive: false,
        }).addTo(map);
        return map;
    }
}

export const pinField = {
    component: PinField,
    displayName: _t("Pin on the map"),
    supportedTypes: ["boolean"],
    fieldDependencies: [
        { name: "latitude", type: "float" },
        { name: "longitude", type: "float" },
        { name: "map_tile_address", type: "char" },
        { name: "map_copyright", type: "char" },
    ],
};

registry.category("fields").add("jamaa_pin", pinField);
