/* The pin of the complaint form: the own position, a map where the commune chose one.
 * Without this script, or without a position, quarter and landmark say where it is. */
(function () {
    "use strict";

    const field = document.getElementById("f-pin");
    if (!field || (!navigator.geolocation && !field.dataset.tiles)) {
        return;
    }
    const part = (name) => field.querySelector(`[data-pin="${name}"]`);
    const latitude = field.querySelector("[name=latitude]");
    const longitude = field.querySelector("[name=longitude]");
    let map = null;
    let marker = null;

    function show() {
        const set = Boolean(latitude.value && longitude.value);
        part("set").hidden = !set;
        part("drop").hidden = !set;
        part("numbers").textContent = set ? `${latitude.value}, ${longitude.value}` : "";
        if (marker) {
            if (set) {
                marker.setLatLng([latitude.value, longitude.value]).addTo(map);
            } else {
                marker.remove();
            }
        }
    }

    function put(lat, lng) {
        latitude.value = lat.toFixed(6);
        longitude.value = lng.toFixed(6);
        part("none").hidden = true;
        show();
    }

    function locate() {
        navigator.geolocation.getCurrentPosition(
            (found) => {
                put(found.coords.latitude, found.coords.longitude);
                if (map) {
                    map.setView([latitude.value, longitude.value], 16);
                }
            },
            () => {
                part("none").hidden = false;
            },
            { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 }
        );
    }

    function drawMap() {
        const L = window.L;
        const canvas = part("canvas");
        canvas.hidden = false;
        // Never so far out that more than the commune shows.
        map = L.map(canvas, { minZoom: 12, attributionControl: Boolean(field.dataset.source) });
        const tiles = L.tileLayer(field.dataset.tiles, { maxZoom: 19, referrerPolicy: "no-referrer" });
        if (field.dataset.source) {
            // As text: what a commune typed is no markup.
            const source = document.createElement("span");
            source.textContent = field.dataset.source;
            map.attributionControl.setPrefix(false).addAttribution(source.innerHTML);
        }
        tiles.addTo(map);
        const icons = field.dataset.leaflet.replace(/leaflet\.js.*$/, "images/");
        L.Icon.Default.imagePath = icons;
        marker = L.marker([0, 0], { draggable: true });
        marker.on("dragend", () => {
            const place = marker.getLatLng();
            put(place.lat, place.lng);
        });
        map.on("click", (event) => put(event.latlng.lat, event.latlng.lng));
        const centre = [field.dataset.lat, field.dataset.lng];
        map.setView(latitude.value ? [latitude.value, longitude.value] : centre, 15);
        show();
        canvas.scrollIntoView({ block: "nearest" });
    }

    function openMap() {
        if (map) {
            return;
        }
        part("map").disabled = true;
        const style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = field.dataset.leafletCss;
        const script = document.createElement("script");
        script.src = field.dataset.leaflet;
        script.addEventListener("load", drawMap);
        script.addEventListener("error", () => {
            part("map").disabled = false;
        });
        document.head.append(style, script);
    }

    part("here").hidden = !navigator.geolocation;
    part("here").addEventListener("click", locate);
    part("drop").addEventListener("click", () => {
        latitude.value = "";
        longitude.value = "";
        show();
    });
    if (part("map")) {
        part("map").addEventListener("click", openMap);
    }
    field.hidden = false;
    show();
})();
