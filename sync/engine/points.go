package engine

// Points are the places where a crash test may end the program, in the order a delivery passes them. Config.Fail is called
// with each name: before and after every request, and after every commit.
var Points = []string{
	"check.before", "check.after",
	"start.committed",
	"append.before", "append.after",
	"ask.committed",
	"put.before", "put.after",
	"settle.before", "settle.after",
	"nothing.committed",
	"receipt.committed",
	"interrupted.committed", "refused.committed",
	"events.before", "events.after", "events.applied",
}
