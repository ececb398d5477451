package membership

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// costs is *Quanto costa*: what joining costs, by role, way to pay and first month (MEM-03 to MEM-08, MEM-22, MEM-27).
type costs struct {
	page   *Page
	number map[int]int // of persons, by the index of the fee
	way    string
	start  string // first day covered, ISO; "" = the next month
	said   *fyne.Container
}

// most is how many persons of one role may be counted.
const most = 6

func (c *costs) fees() *plan.Fees { return c.page.data.plan.Fees }

func (c *costs) card() fyne.CanvasObject {
	if c.number == nil {
		c.number = map[int]int{0: 1}
	}
	var parts []fyne.CanvasObject
	for i, f := range c.fees().Monthly {
		parts = append(parts, c.who(i, f))
	}
	c.said = widget.Column(10)
	chosen := widget.NewColumns(16, widget.Col{Object: c.ways()}, widget.Col{Object: c.starts(), FoldBelow: 440})
	c.show()
	return part.Section(words.T("membership.costs"), nil, append(parts, chosen, widget.Veil(c.said), c.page.cites(c.fees().Article, c.fees().Reading))...)
}

// who asks how many persons of a role there are.
func (c *costs) who(i int, f plan.Fee) fyne.CanvasObject {
	options := make([]widget.Option, most+1)
	for n := range options {
		options[n] = widget.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)}
	}
	choice := widget.NewSelect(f.Name, options)
	choice.SetValue(strconv.Itoa(c.number[i]))
	choice.SetHint(words.T("membership.costs.month", "Sum", words.Money(f.Cents)))
	choice.OnChanged = func(value string) {
		c.number[i], _ = strconv.Atoi(value)
		c.show()
	}
	return widget.AtMost(420, choice)
}

func (c *costs) ways() fyne.CanvasObject {
	var options []widget.Option
	for _, w := range c.fees().Ways {
		options = append(options, widget.Option{Value: w.ID, Label: w.Name})
	}
	if c.way == "" {
		c.way = options[0].Value
	}
	choice := widget.NewSelect(words.T("membership.costs.way"), options)
	choice.SetValue(c.way)
	choice.OnChanged = func(value string) {
		c.way = value
		c.show()
	}
	return choice
}

// starts offers the next twelve first days of a month.
func (c *costs) starts() fyne.CanvasObject {
	first := plan.FirstOfNextMonth(c.page.data.today)
	var options []widget.Option
	for n := range 12 {
		d := first.AddMonths(n)
		options = append(options, widget.Option{Value: d.String(), Label: words.Date(d)})
	}
	if c.start == "" {
		c.start = options[0].Value
	}
	choice := widget.NewSelect(words.T("membership.costs.start"), options)
	choice.SetValue(c.start)
	choice.OnChanged = func(value string) {
		c.start = value
		c.show()
	}
	return choice
}

// show reckons and writes what it comes to.
func (c *costs) show() {
	c.said.Objects = c.answer()
	c.said.Refresh()
	c.page.Relayout()
}

func (c *costs) answer() []fyne.CanvasObject {
	a, ok := c.reckon()
	if !ok {
		return []fyne.CanvasObject{widget.NewText(words.T("membership.costs.nobody"), theme.Body)}
	}
	parts := []fyne.CanvasObject{widget.NewText(words.N("membership.costs.for", a.months, "Start", words.Date(a.start), "End", words.Date(a.end)), theme.Body),
		widget.NewText(words.Money(a.sum+a.oneOff), theme.Amount)}
	if a.oneOff > 0 {
		parts = append(parts, widget.NewText(words.T("membership.costs.oneoff", "Sum", words.Money(a.sum), "OneOff", words.Money(a.oneOff)), theme.Body))
	}
	for _, i := range instalments(a.parts) {
		parts = append(parts, widget.NewText(i, theme.Secondary).Color(theme.Ink))
	}
	return append(parts, widget.NewText(words.T("membership.costs.yearly", "Sum", words.Money(a.yearly)), theme.Secondary).Color(theme.Ink))
}

// bill is what all persons together pay.
type bill struct {
	start, end  civil.Date
	months      int
	sum, oneOff money.Cents
	yearly      money.Cents // of a whole year
	parts       []plan.Instalment
}

// reckon asks the plan for each kind of person, since a plan may have a fee for each category.
func (c *costs) reckon() (b bill, ok bool) {
	start, err := parseDay(c.start)
	if err != nil {
		return bill{}, false
	}
	for i, f := range c.fees().Monthly {
		persons := make([]plan.FeePerson, c.number[i])
		for k := range persons {
			persons[k].Role = f.Role
		}
		if len(persons) == 0 {
			continue
		}
		a, known := c.page.data.plan.Fee(plan.FeeCase{Event: plan.Joins, Way: c.way, Asked: start.AddDays(-1), Category: f.Category, Persons: persons})
		if !known {
			return bill{}, false
		}
		b.start, b.end, b.months, ok = a.Start, a.End, a.Months, true
		b.sum, b.oneOff, b.yearly = b.sum+a.Sum, b.oneOff+a.OneOff, b.yearly+f.Cents*12*money.Cents(len(persons))
		b.parts = added(b.parts, a.Instalments)
	}
	return b, ok
}

func parseDay(text string) (d civil.Date, err error) {
	err = d.UnmarshalText([]byte(text))
	return d, err
}

// added adds instalments of the same days.
func added(a, b []plan.Instalment) []plan.Instalment {
	if len(a) == 0 {
		return b
	}
	for i := range a {
		if i < len(b) {
			a[i].Cents += b[i].Cents
		}
	}
	return a
}

// instalments says how a sum is split: equal ones in a row are one line.
func instalments(list []plan.Instalment) []string {
	if len(list) < 2 {
		return []string{words.T("membership.costs.once")}
	}
	var lines []string
	for i := 0; i < len(list); {
		n := i
		for n < len(list) && list[n].Cents == list[i].Cents {
			n++
		}
		lines = append(lines, words.N("membership.costs.parts", n-i, "Sum", words.Money(list[i].Cents)))
		i = n
	}
	return lines
}
