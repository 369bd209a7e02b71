import { onWillUnmount, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

// Ten minutes of speech stay well below what the server takes.
const LONGEST = 10 * 60 * 1000;
const BITS_PER_SECOND = 32000;

/**
 * Whether this browser can record: over http, or without a microphone's interface, it cannot.
 */
export function canRecord() {
    return Boolean(window.MediaRecorder && navigator.mediaDevices);
}

/**
 * A recording of speech by the microphone of this device.
 *
 * Whoever leaves the screen keeps nothing of what was being said.
 *
 * @param {Object} options
 * @param {(content: string, mimetype: string) => void} options.onRecorded called with the
 *  recording in base64 once it was stopped
 * @param {number} [options.longest] milliseconds after which it stops by itself
 * @returns {{state: {recording: boolean}, start: Function, stop: Function}}
 */
export function useVoiceRecorder({ onRecorded, longest = LONGEST }) {
    const notification = useService("notification");
    const state = useState({ recording: false });
    let stream = null;
    let recorder = null;
    let timer = null;

    function release() {
        clearTimeout(timer);
        stream?.getTracks().forEach((track) => track.stop());
        stream = null;
        state.recording = false;
    }

    function stop() {
        if (recorder?.state === "recording") {
            recorder.stop();
        }
        release();
    }

    async function start() {
        if (state.recording) {
            return;
        }
        try {
            stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        } catch {
            notification.add(_t("The microphone cannot be used. Record with a phone and choose the file."), {
                type: "warning",
            });
            return;
        }
        const parts = [];
        recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND });
        const { mimeType } = recorder;
        recorder.ondataavailable = (event) => parts.push(event.data);
        recorder.onstop = () => {
            const reader = new FileReader();
            reader.onload = () => onRecorded(reader.result.split(",").pop(), mimeType);
            reader.readAsDataURL(new Blob(parts, { type: mimeType }));
        };
        recorder.start();
        timer = setTimeout(stop, longest);
        state.recording = true;
    }

    onWillUnmount(() => {
        if (recorder) {
            recorder.onstop = null;
        }
        release();
    });

    return { state, start, stop };
}
