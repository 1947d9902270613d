extension Schema {
    /// Who has signed in, with what, and what they did (security.md).
    static let access = """
        CREATE TABLE users(
            id {text} PRIMARY KEY,
            name {text} NOT NULL,
            is_administrator {int} NOT NULL CHECK(is_administrator IN (0, 1)),
            is_disabled {int} NOT NULL CHECK(is_disabled IN (0, 1)),
            assigned_role {text} CHECK(assigned_role IN ('user', 'readonly')),
            created_at {int} NOT NULL,
            last_login_at {int},
            checked_at {int} NOT NULL
        ) {clustered};
        CREATE TABLE sessions(
            id {id},
            token {blob} NOT NULL UNIQUE,
            previous_token {blob} UNIQUE,
            previous_until {int},
            user_id {text},
            key_id {int},
            form_secret {blob} NOT NULL,
            created_at {int} NOT NULL,
            rotated_at {int} NOT NULL,
            used_at {int} NOT NULL,
            address {text} NOT NULL,
            agent {text} NOT NULL
        ) {strict};
        CREATE INDEX sessions_user ON sessions(user_id);
        CREATE TABLE login_attempts(
            id {id},
            at {int} NOT NULL,
            name_key {text} NOT NULL,
            address {text} NOT NULL,
            succeeded {int} NOT NULL CHECK(succeeded IN (0, 1))
        ) {strict};
        CREATE INDEX login_attempts_name ON login_attempts(name_key, at);
        CREATE INDEX login_attempts_address ON login_attempts(address, at);
        CREATE TABLE api_keys(
            id {id},
            name {text} NOT NULL,
            hash {blob} NOT NULL UNIQUE,
            scopes {text} NOT NULL,
            owner {text},
            created_by {text} NOT NULL,
            created_at {int} NOT NULL,
            expires_at {int},
            used_at {int},
            revoked_at {int}
        ) {strict};
        CREATE TABLE audit(
            id {id},
            at {int} NOT NULL,
            who {text} NOT NULL,
            address {text},
            action {text} NOT NULL,
            object {text},
            before {text},
            after {text}
        ) {strict};
        """
}
