// The page's one door to the kernel's vocabulary: other folders of web/ import these names from here.

export type {
  FrameDetail,
  FrameGrid,
  FrameMapping,
  MachineStatus,
  PageInfo,
  ProcessInfo,
  Snapshot,
  SpaceInfo,
  VmaInfo,
} from "../../kernel/api/snapshot.ts";
export type { MachineClient, MachineOptions, RunResult } from "../../kernel/api/client.ts";
export type { FrameKind } from "../../kernel/api/frames.ts";
export { frameKindNames } from "../../kernel/api/frames.ts";
