#pragma once
/* Swift imports neither variadic functions nor macros with casts: wrapped once, here. */
#include <microhttpd.h>
#include <sys/socket.h>

static const ssize_t CMHD_END_OF_STREAM = -1;
static const ssize_t CMHD_END_WITH_ERROR = -2;
static const uint64_t CMHD_SIZE_UNKNOWN = (uint64_t)-1LL;

typedef void *(*CMHDTargetCallback)(void *cls, const char *target, struct MHD_Connection *connection);
typedef size_t (*CMHDUnescapeCallback)(void *cls, struct MHD_Connection *connection, char *text);

struct CMHDCallbacks {
    MHD_AcceptPolicyCallback accept_policy;
    MHD_NotifyConnectionCallback connection_changed;
    CMHDTargetCallback target_read;
    CMHDUnescapeCallback unescape;
    MHD_AccessHandlerCallback access;
    MHD_RequestCompletedCallback completed;
};

struct CMHDLimits {
    unsigned threads;
    unsigned connections;
    unsigned idle_seconds;
    size_t memory_per_connection;
};

static inline struct MHD_Daemon *cmhd_start(int listening_socket, int is_ipv6, void *cls,
                                            struct CMHDCallbacks callbacks, struct CMHDLimits limits) {
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE |
                     (is_ipv6 ? MHD_USE_IPv6 : 0);
    return MHD_start_daemon(
        flags, 0, callbacks.accept_policy, cls, callbacks.access, cls,
        MHD_OPTION_LISTEN_SOCKET, listening_socket,
        MHD_OPTION_NOTIFY_CONNECTION, callbacks.connection_changed, cls,
        MHD_OPTION_NOTIFY_COMPLETED, callbacks.completed, cls,
        MHD_OPTION_URI_LOG_CALLBACK, callbacks.target_read, cls,
        MHD_OPTION_UNESCAPE_CALLBACK, callbacks.unescape, cls,
        MHD_OPTION_THREAD_POOL_SIZE, limits.threads,
        MHD_OPTION_CONNECTION_LIMIT, limits.connections,
        MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.memory_per_connection,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, /* our own checks are stricter and answer properly */
        MHD_OPTION_END);
}

static inline int cmhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static inline const struct sockaddr *cmhd_address(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : 0;
}

static inline void *cmhd_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : 0;
}

static inline size_t cmhd_header_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

static inline void cmhd_close_upgraded(struct MHD_UpgradeResponseHandle *upgraded) {
    MHD_upgrade_action(upgraded, MHD_UPGRADE_ACTION_CLOSE);
}
