package mutual

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/document"
)

// The ranges of a profile's numbers.
const (
	leastPassword, mostPassword = 8, 64
	leastResend, mostResend     = 30, 600
	mostDays                    = 3660
	mostFileBytes               = 100 << 20
)

var (
	idPattern    = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)
	emailPattern = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	sitePattern  = regexp.MustCompile(`^[a-z0-9.-]+\.[a-z]{2,}(/\S*)?$`)
)

// rule is one value held against what is expected of it.
type rule struct {
	key      string
	ok       bool
	expected string
}

// wrong returns the first key whose value is out of its range with what was expected, or "".
func (p Profile) wrong() (key, expected string) {
	for _, rules := range [][]rule{p.basicRules(), p.entryRules(), p.consentRules(), p.noticeRules(), p.numberRules(), p.complaintRules(), p.contactRules(), p.rowRules()} {
		for _, r := range rules {
			if !r.ok {
				return r.key, r.expected
			}
		}
	}
	return "", ""
}

// oneOf is a rule that a value is among some.
func oneOf[T ~string](key string, value T, among ...T) rule {
	list := make([]string, 0, len(among))
	for _, a := range among {
		list = append(list, fmt.Sprintf("%q", string(a)))
	}
	return rule{key, slices.Contains(among, value), "one of " + strings.Join(list, ", ")}
}

func between(key string, value, least, most int64) rule {
	return rule{key, value >= least && value <= most, fmt.Sprintf("a number from %d to %d", least, most)}
}

func written(key, value string) rule { return rule{key, strings.TrimSpace(value) != "", "a text"} }

func (p Profile) basicRules() []rule {
	return []rule{{"id", idPattern.MatchString(p.ID), "small letters, digits and dashes"}, written("name", p.Name), between("version", int64(p.Version), 1, 1<<31), written("area", p.Area)}
}

func (p Profile) entryRules() []rule {
	rules := []rule{{"entry.ways", len(p.Entry.Ways) > 0 && p.Has(WaySignIn), "at least sign-in"}}
	for i, w := range p.Entry.Ways {
		key := fmt.Sprintf("entry.ways[%d]", i)
		rules = append(rules, oneOf(key, w, WayRegister, WayFirstAccess, WayCode, WaySignIn),
			rule{key, !slices.Contains(p.Entry.Ways[:i], w), "each way once"})
	}
	v := p.Verification
	return append(rules, oneOf("entry.user", p.Entry.User, UserNumber, UserEMail, UserMobileOrEMail),
		rule{"entry.ways", !p.Has(WayFirstAccess) || p.Entry.User == UserNumber, "first-access only with user number"},
		written("entry.labels.single", p.Entry.Labels.Single),
		between("password.least", int64(p.Password.Least), leastPassword, mostPassword), written("password.text", p.Password.Text),
		oneOf("verification.email", v.EMail, ChannelNone, ChannelCode, ChannelLink), oneOf("verification.mobile", v.Mobile, ChannelNone, ChannelCode),
		rule{"verification", v.EMail != ChannelNone || v.Mobile != ChannelNone, "at least one channel"},
		rule{"verification.mobileFromDesk", !v.MobileFromDesk || v.Mobile != ChannelNone, "false where the mobile is not verified"},
		oneOf("verification.mobilePrefix", v.MobilePrefix, "+39.", "+39 "),
		between("verification.resendSeconds", int64(v.ResendSeconds), leastResend, mostResend))
}

func (p Profile) consentRules() []rule {
	rules := []rule{{"consents", len(p.Consents) > 0, "at least one"}}
	for i, c := range p.Consents {
		key := fmt.Sprintf("consents[%d]", i)
		_, found := p.Notice(c.Notice)
		again := slices.ContainsFunc(p.Consents[:i], func(o Consent) bool { return o.ID == c.ID && (o.Moment == c.Moment || o.Version != c.Version) })
		rules = append(rules, rule{key + ".id", idPattern.MatchString(c.ID), "small letters, digits and dashes"}, written(key+".version", c.Version),
			rule{key + ".id", !again, "once for each moment, always of the same version"}, written(key+".text", c.Text),
			rule{key + ".notice", c.Notice == "" || found, "the id of one of the notices, or nothing"},
			oneOf(key+".moment", c.Moment, AtRegistration, AtFirstAccess, AtDossier, Later), written(key+".without", c.Without),
			rule{key + ".mandatory", !c.Mandatory || c.Moment != Later && !c.Standing, "false for what is asked later or stands unasked"})
	}
	return rules
}

func (p Profile) noticeRules() []rule {
	var rules []rule
	for i, n := range p.Notices {
		key := fmt.Sprintf("notices[%d]", i)
		again := slices.ContainsFunc(p.Notices[:i], func(o Notice) bool { return o.ID == n.ID })
		rules = append(rules, rule{key + ".id", idPattern.MatchString(n.ID) && !again, "small letters, digits and dashes, once"},
			written(key+".version", n.Version), written(key+".title", n.Title), rule{key + ".sections", len(n.Sections) > 0, "at least one"})
		for j, s := range n.Sections {
			key := fmt.Sprintf("%s.sections[%d]", key, j)
			ragged := slices.ContainsFunc(s.Rows, func(row []string) bool { return len(row) != len(s.Columns) })
			rules = append(rules, rule{key, len(s.Paragraphs)+len(s.Rows) > 0, "paragraphs or rows"},
				rule{key + ".rows", !ragged, fmt.Sprintf("%d cells in every row, as many as columns", len(s.Columns))})
		}
	}
	return rules
}

func (p Profile) numberRules() []rule {
	days := func(key string, n int) rule { return between("terms."+key, int64(n), 0, mostDays) }
	t := p.Terms
	rules := []rule{days("claimDays", t.ClaimDays), days("integrateDays", t.IntegrateDays), days("paymentDays", t.PaymentDays),
		days("bookingDays", t.BookingDays), days("reportDays", t.ReportDays), between("terms.retainYears", int64(t.RetainYears), 0, 100),
		between("files.maxBytes", p.Files.MaxBytes, 1, mostFileBytes), {"files.kinds", len(p.Files.Kinds) > 0, "at least one"},
		{"relatives.sameMobileOnly", !p.Relatives.SameMobileOnly || p.Relatives.Activation, "false where no relative can be added"},
		{"relatives.dossierCode", !p.Relatives.DossierCode || p.Relatives.Activation, "false where no relative can be added"}}
	for i, k := range p.Files.Kinds {
		rules = append(rules, oneOf(fmt.Sprintf("files.kinds[%d]", i), k, document.PDF, document.JPEG, document.TIFF, document.PNG, document.HEIC))
	}
	return append(rules, p.claimRules()...)
}

// services are the values of claim.Service, which this package does not know.
var services = []string{"visit", "exams", "imaging", "emergency", "stay", "other"}

func (p Profile) claimRules() []rule {
	c := p.Claims
	rules := []rule{between("claims.prescriptionDays", int64(c.PrescriptionDays), 0, mostDays),
		{"claims.study.schools", !c.Study.Offered || len(c.Study.Schools) > 0, "at least one where study grants are offered"}}
	for i, s := range c.NeedPrescription {
		rules = append(rules, oneOf(fmt.Sprintf("claims.needPrescription[%d]", i), s, services...))
	}
	for i, text := range c.VagueDiagnoses {
		rules = append(rules, written(fmt.Sprintf("claims.vagueDiagnoses[%d]", i), text))
	}
	for i, s := range c.Study.Schools {
		key := fmt.Sprintf("claims.study.schools[%d]", i)
		rules = append(rules, written(key+".id", s.ID), written(key+".name", s.Name), rule{key + ".marks", len(s.Marks) > 0, "at least one"})
	}
	return rules
}

func (p Profile) complaintRules() []rule {
	var rules []rule
	for i, w := range p.Complaints.Ways {
		key := fmt.Sprintf("complaints.ways[%d]", i)
		rules = append(rules, written(key+".name", w.Name), written(key+".text", w.Text), rule{key + ".link", w.Link == "" || strings.HasPrefix(w.Link, "https://"), "an address with https://, or nothing"})
	}
	return rules
}

func (p Profile) contactRules() []rule {
	address := func(key, value string) rule {
		return rule{"contacts." + key, value == "" || emailPattern.MatchString(value), "an e-mail address, or nothing"}
	}
	rules := []rule{address("email", p.Contacts.EMail), address("refunds", p.Contacts.Refunds), address("support", p.Contacts.Support), address("dpoEmail", p.Contacts.DPOEMail)}
	rules = append(rules, rule{"contacts.site", p.Contacts.Site == "" || sitePattern.MatchString(p.Contacts.Site), "a host name without https://, or nothing"})
	for i, line := range p.Contacts.Other {
		rules = append(rules, written(fmt.Sprintf("contacts.other[%d].name", i), line.Name), written(fmt.Sprintf("contacts.other[%d].line", i), line.Line))
	}
	return rules
}

func (p Profile) rowRules() []rule {
	numbers := make([]string, 0, len(p.Rows))
	for _, r := range p.Rows {
		numbers = append(numbers, r.Number)
	}
	return []rule{{"rows", slices.Equal(numbers, WordRows), strings.Join(WordRows, ", ") + " in this order"}}
}
