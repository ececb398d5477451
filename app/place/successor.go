package place

import "slices"

// successors leads from the code of a state that is no more, or that the register replaced, to the codes of those that it
// became. People born there have either, by the day on which their code was given.
var successors = map[Code][]Code{
	"Z105": {"Z155", "Z156"},
	"Z111": {"Z112"},
	"Z118": {"Z148", "Z149", "Z150", "Z153", "Z157", "Z158", "Z159", "Z160"},
	"Z135": {"Z138", "Z139", "Z140", "Z144", "Z145", "Z146", "Z154", "Z252", "Z253", "Z254", "Z255", "Z256", "Z257", "Z258", "Z259",
		"Z136", "Z137", "Z141", "Z142", "Z143", "Z147", "Z151", "Z152"},
	"Z136": {"Z254"}, "Z137": {"Z252"}, "Z141": {"Z253"}, "Z142": {"Z256"},
	"Z143": {"Z259"}, "Z147": {"Z257"}, "Z151": {"Z258"}, "Z152": {"Z255"},
	"Z157": {"Z158", "Z159", "Z160"},
	"Z158": {"Z160"},
	"Z201": {"Z250", "Z246"}, "Z202": {"Z250", "Z246"}, "Z250": {"Z246"},
	"Z218": {"Z161"},
	"Z221": {"Z210"}, "Z231": {"Z210"},
	"Z230": {"Z247"},
	"Z238": {"Z219"},
	"Z239": {"Z222"},
	"Z244": {"Z251"}, "Z245": {"Z251"},
	"Z303": {"Z359"}, "Z304": {"Z358"},
	"Z315": {"Z368"},
	"Z323": {"Z330"},
	"Z346": {"Z361"},
	"Z348": {"Z907"},
	"Z350": {"Z357"}, "Z356": {"Z357"},
	"Z362": {"Z339"}, "Z363": {"Z339"},
	"Z364": {"Z347"}, "Z365": {"Z347"}, "Z366": {"Z347"}, "Z367": {"Z347"},
	"Z517": {"Z516"},
	"Z701": {"Z734", "Z735"},
	"Z705": {"Z731", "Z732"},
	"Z717": {"Z733"},
	"Z718": {"Z730"}, "Z720": {"Z730"},
}

// Succeeds reports whether a foreign state came out of another, or is it under a newer code.
func Succeeds(newer, older Code) bool { return slices.Contains(successors[older], newer) }
