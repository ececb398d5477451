package storage

// crashVault is never set where no process can be killed at a point.
const crashVault = "SODALE_CRASH_VAULT"

func crashChild() {}
