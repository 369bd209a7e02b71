/**
 * Proof of work for public forms, as a worker: finds the number that makes SHA-256 of
 * "challenge:number" begin with enough zero bits (tools/proof_of_work.py checks it).
 *
 * The hash is written out in plain JavaScript because browsers give crypto.subtle only to
 * pages over https, and kiosks of a town hall may be on http in its own network.
 */
(function () {
    "use strict";

    var K = [];
    var START = [];

    /* The constants of SHA-256 are the first 32 bits of the fractional parts of the cube
     * roots (rounds) and square roots (start) of the first primes. */
    function fraction(x) {
        return ((x - Math.floor(x)) * 4294967296) | 0;
    }
    for (var candidate = 2; K.length < 64; candidate++) {
        var prime = true;
        for (var factor = 2; factor * factor <= candidate; factor++) {
            if (candidate % factor === 0) {
                prime = false;
                break;
            }
        }
        if (prime) {
            if (START.length < 8) {
                START.push(fraction(Math.sqrt(candidate)));
            }
            K.push(fraction(Math.cbrt(candidate)));
        }
    }

    var W = new Int32Array(64);

    /** Hash one padded block of 16 words; return the first word (32 bits are enough here). */
    function firstWord(block) {
        var i;
        for (i = 0; i < 16; i++) {
            W[i] = block[i];
        }
        for (i = 16; i < 64; i++) {
            var x = W[i - 15];
            var y = W[i - 2];
            var s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
            var s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
            W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
        }
        var a = START[0],
            b = START[1],
            c = START[2],
            d = START[3];
        var e = START[4],
            f = START[5],
            g = START[6],
            h = START[7];
        for (i = 0; i < 64; i++) {
            var e1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
            var t1 = (h + e1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
            var a0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
            var t2 = (a0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
            h = g;
            g = f;
            f = e;
            e = (d + t1) | 0;
            d = c;
            c = b;
            b = a;
            a = (t1 + t2) | 0;
        }
        return (START[0] + a) | 0;
    }

    /** Return the padded block of a short ASCII text (at most 55 signs). */
    function blockOf(text) {
        var block = new Int32Array(16);
        for (var i = 0; i < text.length; i++) {
            block[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i % 4));
        }
        block[text.length >> 2] |= 0x80 << (24 - 8 * (text.length % 4));
        block[15] = text.length * 8;
        return block;
    }

    /** Return the first number from `from` on, below `to`, that solves; -1 when none does. */
    function search(challenge, bits, from, to) {
        for (var number = from; number < to; number++) {
            var word = firstWord(blockOf(challenge + ":" + number));
            if (bits === 0 || word >>> (32 - bits) === 0) {
                return number;
            }
        }
        return -1;
    }

    if (typeof window === "undefined" && typeof self !== "undefined") {
        self.onmessage = function (event) {
            self.postMessage(search(event.data.challenge, event.data.bits, 0, 1e9));
        };
    } else if (typeof window !== "undefined") {
        window.jamaaProofOfWork = search; // where workers are refused, in small steps
    } else {
        globalThis.jamaaProofOfWork = search; // tests
    }
})();
