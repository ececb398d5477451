package reading

import "github.com/sodale/sodale/app/document/code"

// noticeIn finds a pagoPA notice among the codes of a paper; two different ones are none.
func noticeIn(codes []code.Code) *Notice {
	var found *Notice
	for _, c := range codes {
		p, ok := c.(code.PagoPA)
		n := Notice{Number: p.Notice, Creditor: p.Creditor, Amount: p.Amount}
		switch {
		case !ok:
		case found == nil:
			found = &n
		case *found != n:
			return nil
		}
	}
	return found
}
