// Keeps the latest events for those who ask for them afterwards: a ring of rows, decoded when they are taken. A recorder
// of a few kinds reaches further back than one of all.

import { decodeEvent, type EventKind, eventKinds, type MachineEvent } from "../api/events.ts";
import type { EventBatch } from "../api/client.ts";
import { EVENT_ROW, type EventStream } from "../lib/event-stream.ts";

/** Events that are kept: 2.8 MiB. */
const KEEP = 32_768;

export class EventRecorder {
  readonly #stream: EventStream;
  /** By kind: 1 for those that are recorded. */
  readonly #wanted: Uint8Array;
  readonly #rows = new Float64Array(KEEP * EVENT_ROW);
  #texts: readonly string[] = [];
  /** Rows recorded since recording began. */
  #count = 0;
  /** Everything of the wanted kinds from this sequence number on is kept; and the number of the next event to come. */
  #from = 0;
  #next = 0;
  #stop: (() => void) | undefined;

  constructor(stream: EventStream, kinds: readonly EventKind[] = eventKinds) {
    this.#stream = stream;
    this.#wanted = Uint8Array.from(eventKinds, (kind) => (kinds.includes(kind) ? 1 : 0));
  }

  start(): void {
    this.#stop ??= this.#stream.listen((rows, count, texts) => this.#keep(rows, count, texts));
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #keep(rows: Float64Array, count: number, texts: readonly string[]): void {
    this.#texts = texts;
    for (let index = 0; index < count; index++) {
      const sequence = rows[index * EVENT_ROW] ?? 0;
      if (sequence !== this.#next) {
        // Listening may begin in the middle of a machine's life, and again after a stop.
        this.#from = sequence;
        this.#count = 0;
      }
      this.#next = sequence + 1;
      if (this.#wanted[rows[index * EVENT_ROW + 2] ?? 0] === 0) continue;
      const at = (this.#count % KEEP) * EVENT_ROW;
      // What is overwritten is kept no longer.
      if (this.#count >= KEEP) this.#from = (this.#rows[at] ?? 0) + 1;
      this.#rows.set(rows.subarray(index * EVENT_ROW, (index + 1) * EVENT_ROW), at);
      this.#count++;
    }
  }

  /** The events from `since` on, as far as they are kept. */
  take(since: number): EventBatch {
    this.#stream.flush();
    const oldest = Math.max(0, this.#count - KEEP);
    let first = this.#count;
    while (first > oldest && (this.#rows[((first - 1) % KEEP) * EVENT_ROW] ?? 0) >= since) first--;
    const events: MachineEvent[] = [];
    for (let row = first; row < this.#count; row++) {
      events.push(decodeEvent(this.#rows, (row % KEEP) * EVENT_ROW, this.#texts));
    }
    return { events, next: this.#next, lost: since < this.#from && this.#from > 0 };
  }
}
