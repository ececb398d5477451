package plan

// Fold is fold, for its tests.
var Fold = fold
