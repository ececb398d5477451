package parcel

// ParseIndex and ParseAnswer read what lies in a folder, without a disk.
var (
	ParseIndex  = parseIndex
	ParseAnswer = parseAnswer
)
