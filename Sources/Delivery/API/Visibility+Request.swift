import HTTPServer
import Store

extension Request {
    /// Which requests its caller may know of.
    var visibility: Visibility { .all }
}
