import type { Replica, SyncClient } from "../../client/sync/index.ts";
import type { PondView } from "../../client/view/pond-view.ts";

declare global {
  /** The part of the page's handle that tests read (client/page.d.ts). */
  interface Window {
    readonly shoal?: { readonly client: SyncClient; readonly replica: Replica; readonly view: PondView };
  }
}
