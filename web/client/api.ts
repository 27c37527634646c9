// The page's one door to the kernel's vocabulary: other folders of web/ import these names from here.

export type {
  FileIdentity,
  FileInfo,
  ForegroundInfo,
  FrameDetail,
  FrameGrid,
  FrameMapping,
  MachineStatus,
  PageInfo,
  ProcessInfo,
  ProcessState,
  ProgramInfo,
  SlotDetail,
  Snapshot,
  SpaceInfo,
  SwapGrid,
  SwappedPage,
  SwapStatus,
  VmaInfo,
} from "../../kernel/api/snapshot.ts";
export {
  SLOT_BAD,
  SLOT_CACHED,
  SLOT_FREE,
  SLOT_STORED,
  SLOT_WRITING,
  SLOT_ZERO,
} from "../../kernel/api/snapshot.ts";
export type { EventBatch, MachineClient, MachineOptions } from "../../kernel/api/client.ts";
export type { Access, FaultOutcome, MachineEvent } from "../../kernel/api/events.ts";
export { faultOutcomes } from "../../kernel/api/events.ts";
export type { FrameKind } from "../../kernel/api/frames.ts";
export { frameKindNames } from "../../kernel/api/frames.ts";
