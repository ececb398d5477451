// Package engine delivers what is queued and fetches what the mutual says.
//
// Up: every subject (a claim, later a booking, a grant) is a lane of its own; its revisions go one after another, and lanes
// go side by side. Lanes that still have files to upload share one set of slots, lanes that only have a small body to
// hand over share another, so that words never wait behind pictures of another claim.
//
//	Queued ─ which files are missing? ─ Start ─ append, append, append … ─┐
//	   └───────────── nothing to upload ──────────────────────────────────┤
//	                              commit Ask ─ PUT ─ verify receipt ─ commit Receipt
//	Unconfirmed ─ GET receipt ─┬─ receipt ─ commit Receipt
//	                           ├─ the mutual signs "nothing" ─ commit NothingThere ─ the same bytes go again
//	                           └─ anything else ─ wait, ask again
//
// Down: the feed is read by a long poll that knows nothing of the lanes.
//
// The engine believes only what the mutual signed for the question that was just asked, whatever the status code says. What
// becomes of an error is decided in one place, by who has to act: the line (wait and probe), the mutual (wait as long as
// it says), the member (sign in again, or mend one submission). Nothing is ever deleted, and nothing is given up.
package engine
