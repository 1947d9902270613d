import Accounts
import HTTPServer
import Store

extension Request {
    /// Which requests its caller may know of; none where nobody is known.
    var visibility: Visibility { caller?.visibility ?? Visibility(owner: "") }
}
