package privacy

// Leaving is what leaving this computer would take, or, after it, what it left behind. It is read from the disk, never assumed.
type Leaving struct {
	Waiting int      // submissions that the mutual has not confirmed: they would never arrive
	Aside   int      // those of vaults whose keys were destroyed before
	Drafts  int      // claims and edits that were never sent
	Remains []string // paths that could not be removed; only after leaving
	Backups []string // paths of backups that the member made: they stay, and open with the password of then
}

// NothingWaits reports whether leaving loses nothing that was sent («niente in attesa»).
func (l Leaving) NothingWaits() bool { return l.Waiting+l.Aside == 0 }

// LosesWork reports whether something that was begun or sent goes with the rest.
func (l Leaving) LosesWork() bool { return l.Drafts > 0 || !l.NothingWaits() }

// Clean reports whether nothing waits and nothing is left here («niente in attesa, niente rimasto qui»).
func (l Leaving) Clean() bool {
	return l.NothingWaits() && len(l.Remains) == 0 && len(l.Backups) == 0
}
