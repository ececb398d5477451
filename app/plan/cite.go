package plan

import "slices"

// ReadingsOf lists the readings that stand beside an article: those by which a rule that cites it was written down, in the plan's
// order.
func (p *Plan) ReadingsOf(article string) []Reading {
	var ids []string
	p.citations(func(cited, reading string) {
		if cited == article && reading != "" {
			ids = append(ids, reading)
		}
	})
	var list []Reading
	for _, r := range p.Readings {
		if slices.Contains(ids, r.ID) {
			list = append(list, r)
		}
	}
	return list
}

// citations visits every article that a rule cites, with the reading that it rests on.
func (p *Plan) citations(visit func(article, reading string)) {
	if n := p.Newborns; n != nil {
		visit(n.Article, n.Reading)
	}
	for _, w := range p.Waits {
		visit(w.Article, w.Reading)
	}
	if i := p.Injuries; i != nil {
		visit(i.Article, i.Reading)
	}
	for _, x := range p.Exclusions {
		visit(x.Article, x.Reading)
	}
	if a := p.Arrears; a != nil {
		visit(a.Article, a.Reading)
	}
	if c := p.Claims; c != nil {
		visit(c.Article, c.Reading)
	}
	if d := p.Direct; d != nil {
		visit(d.Article, d.Reading)
	}
	if r := p.Prescriptions; r != nil {
		visit(r.DayArticle, r.DayReading)
		visit(r.Diagnosis.Article, r.Diagnosis.Reading)
	}
	for _, l := range p.Limits {
		visit(l.Article, l.Reading)
	}
	if f := p.Fees; f != nil {
		visit(f.Article, f.Reading)
	}
	if j := p.Joining; j != nil {
		visit(j.Article, j.Reading)
	}
	if t := p.Tax; t != nil {
		visit(t.Article, t.Reading)
	}
	for _, t := range p.Terms {
		visit(t.Article, t.Reading)
	}
	for i := range p.Benefits {
		p.Benefits[i].citations(p.waitArticle(), visit)
	}
}

func (b *Benefit) citations(waiting string, visit func(article, reading string)) {
	visit(waiting, b.WaitNote)
	needs := slices.Clone(b.Needs)
	for _, f := range b.Forms {
		needs = append(needs, f.Needs...)
	}
	for _, n := range needs {
		if n.Article == "" {
			n.Article = b.Article
		}
		visit(n.Article, n.Reading)
	}
}
