package server

import (
	"net/http"

	"github.com/sodale/sodale/sync/api"
)

// accessRoutes lists what a member's access is made with.
func (s *Server) accessRoutes() []Route {
	return []Route{
		{http.MethodGet, api.PathRules, with(common, 200), anyone, s.rules},
		{http.MethodPost, api.PathApply, with(common, 200, 401, 404, 409, 413, 422, 503), anyone, s.apply},
		{http.MethodPost, api.PathContacts, with(common, 200, 409, 410, 413, 422, 503), anyone, s.contacts},
		{http.MethodPost, api.PathResend, with(common, 200, 410, 413), anyone, s.resend},
		{http.MethodPost, api.PathVerify, with(common, 200, 409, 410, 413, 422), anyone, s.verify},
		{http.MethodPost, api.PathDossier, with(common, 200, 410, 413, 422), anyone, s.dossier},
		{http.MethodPost, api.PathState, with(common, 200, 410, 413), anyone, s.state},
		{http.MethodGet, api.PathConfirm, with(common, 200), anyone, s.confirm},
		{http.MethodPost, api.PathConfirm, with(common, 200, 409, 413, 422), anyone, s.confirmAddress},
		{http.MethodPost, api.PathReset, with(common, 200, 413), anyone, s.reset},
		{http.MethodPost, api.PathResetResend, with(common, 200, 410, 413), anyone, s.resendReset},
		{http.MethodPost, api.PathResetFinish, with(common, 200, 401, 410, 413, 422, 503), anyone, s.finishReset},
		{http.MethodPost, api.PathShareOpen, with(common, 200, 401, 413, 503), anyone, s.openShare},
		{http.MethodPut, api.PathShare, with(signed, 200, 413), full, s.putShare},
		{http.MethodPost, api.PathPassword, with(signed, 200, 413, 422, 503), full, s.changePassword},
		{http.MethodPost, api.PathFactor, with(signed, 200, 413, 422, 503), full, s.beginFactor},
		{http.MethodPost, api.PathFactorConfirm, with(signed, 200, 413), full, s.confirmFactor},
		{http.MethodPost, api.PathFactorEnd, with(signed, 200, 413, 503), full, s.endFactor},
		{http.MethodPost, api.PathFactorCodes, with(signed, 200, 413, 422, 503), full, s.newRecoveryCodes},
		{http.MethodGet, api.PathSessions, with(signed, 200), full, s.sessions},
		{http.MethodPost, api.PathSessionEnd, with(signed, 200, 404, 413, 503), full, s.endSession},
		{http.MethodPost, api.PathContactCodes, with(signed, 200, 410), full, s.contactCodes},
		{http.MethodPost, api.PathContactProof, with(signed, 200, 410, 413, 422), full, s.contactProof},
	}
}

// rules answers with the mutual's rules as they stand.
func (s *Server) rules(c *call) (answer, error) {
	p, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	return answerJSON(p)
}
