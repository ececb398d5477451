package main

import (
	"log/slog"
	"sync"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
)

// knownPlans are the health plans that come with the program, read once when they are first asked for. They are embedded: a broken one
// is a broken build, which the tests see; then there are none.
var knownPlans = sync.OnceValue(func() plan.Plans {
	all, err := plan.LoadAll(assets.Plans())
	if err != nil {
		slog.Error("plans", "code", fault.CodeOf(err))
	}
	return all
})
