package claim

// ParseQuickly is Parse without json.Unmarshal; false when it would have been needed.
func ParseQuickly(data []byte) (Claim, bool) { return parseQuickly(data) }
