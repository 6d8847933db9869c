/** Before the first browser test: a browser, and the page as its sources are now. */
import { buildPage } from "../../server/build/page.ts";
import { provideBrowser } from "./browser.ts";

export default function setup(): void {
  provideBrowser();
  buildPage({ force: false });
}
