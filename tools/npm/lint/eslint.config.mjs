// Rules for our JavaScript: modules of the web client, and plain scripts of public pages, which
// are written for old phones too (hence `var`).
import { fileURLToPath } from "node:url";
import path from "node:path";

const browser = Object.fromEntries(
    [
        "AbortController", "Blob", "DataTransfer", "CSS", "CustomEvent", "DOMException", "Event", "EventSource", "File",
        "FileReader", "FormData", "HTMLElement", "Headers", "Image", "IntersectionObserver", "Intl", "MediaRecorder",
        "MutationObserver", "Notification", "Request", "Response", "SpeechSynthesisUtterance", "TextDecoder",
        "TextEncoder", "URL", "URLSearchParams", "WebSocket", "Worker", "XMLHttpRequest", "atob", "btoa",
        "cancelAnimationFrame", "clearInterval", "clearTimeout", "console", "crypto", "document", "fetch",
        "history", "localStorage", "location", "matchMedia", "navigator", "performance", "postMessage",
        "queueMicrotask", "requestAnimationFrame", "self", "sessionStorage", "setInterval", "setTimeout",
        "speechSynthesis", "structuredClone", "window", "importScripts", "createImageBitmap",
    ].map((name) => [name, "readonly"])
);

export default [
    {
        basePath: path.parse(fileURLToPath(import.meta.url)).root,
        files: ["**/*.js"],
        languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: browser },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "array-callback-return": "error",
            "constructor-super": "error",
            "eqeqeq": ["error", "smart"],
            "for-direction": "error",
            "getter-return": "error",
            "no-alert": "error",
            "no-async-promise-executor": "error",
            "no-case-declarations": "error",
            "no-class-assign": "error",
            "no-compare-neg-zero": "error",
            "no-cond-assign": "error",
            "no-console": ["error", { allow: ["warn", "error"] }],
            "no-const-assign": "error",
            "no-constant-condition": "error",
            "no-debugger": "error",
            "no-dupe-args": "error",
            "no-dupe-class-members": "error",
            "no-dupe-else-if": "error",
            "no-dupe-keys": "error",
            "no-duplicate-case": "error",
            "no-empty": "error",
            "no-eval": "error",
            "no-fallthrough": "error",
            "no-func-assign": "error",
            "no-global-assign": "error",
            "no-implied-eval": "error",
            "no-import-assign": "error",
            "no-loss-of-precision": "error",
            "no-new-func": "error",
            "no-redeclare": "error",
            "no-self-assign": "error",
            "no-shadow-restricted-names": "error",
            "no-sparse-arrays": "error",
            "no-this-before-super": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unsafe-finally": "error",
            "no-unsafe-negation": "error",
            "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
            "use-isnan": "error",
            "valid-typeof": "error",
        },
    },
];
