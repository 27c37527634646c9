// Keeps the latest events for those who ask for them afterwards: a ring of rows, decoded when they are taken.

import { decodeEvent, type MachineEvent } from "../api/events.ts";
import type { EventBatch } from "../api/client.ts";
import { EVENT_ROW, type EventStream } from "../lib/event-stream.ts";

/** Events that are kept: 2.8 MiB. */
const KEEP = 32_768;

export class EventRecorder {
  readonly #stream: EventStream;
  readonly #rows = new Float64Array(KEEP * EVENT_ROW);
  #texts: readonly string[] = [];
  /** Sequence number of the oldest row kept, and of the next that will come. */
  #first = 0;
  #next = 0;
  #stop: (() => void) | undefined;

  constructor(stream: EventStream) {
    this.#stream = stream;
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
      // Listening may begin in the middle of a machine's life, and again after a stop.
      if (sequence !== this.#next) this.#first = sequence;
      this.#next = sequence + 1;
      this.#rows.set(
        rows.subarray(index * EVENT_ROW, (index + 1) * EVENT_ROW),
        (sequence % KEEP) * EVENT_ROW,
      );
    }
    this.#first = Math.max(this.#first, this.#next - KEEP);
  }

  /** The events from `since` on, as far as they are kept. */
  take(since: number): EventBatch {
    this.#stream.flush();
    const from = Math.max(since, this.#first);
    const events: MachineEvent[] = [];
    for (let sequence = from; sequence < this.#next; sequence++) {
      events.push(decodeEvent(this.#rows, (sequence % KEEP) * EVENT_ROW, this.#texts));
    }
    return { events, next: this.#next, lost: since < this.#first && this.#first > 0 };
  }
}
