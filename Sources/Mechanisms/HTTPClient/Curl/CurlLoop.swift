import CCurl

/// Carries all transfers of one transport: everything of curl's happens here, on one thread.
@safe
final class CurlLoop {
    private static let idleHandles = 8
    private static let longestSleep = Duration.seconds(60)

    private let mailbox: CurlMailbox
    private let configuration: CurlConfiguration
    private var active: [EasyHandle: Exchange] = [:]
    private var lanes: WidthLimiter<String, Transfer>
    private var idle: [EasyHandle] = []

    init(_ mailbox: CurlMailbox, _ configuration: CurlConfiguration) {
        self.mailbox = mailbox
        self.configuration = configuration
        lanes = WidthLimiter(width: configuration.perHost)
        unsafe ccurl_multi_set_long(mailbox.multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        unsafe ccurl_multi_set_long(mailbox.multi, CURLMOPT_MAXCONNECTS, 32)
    }

    /// Runs until the mailbox is closed, then cancels what is left.
    func run() {
        while let commands = mailbox.take() {
            for command in commands { obey(command) }
            var running: Int32 = 0
            unsafe curl_multi_perform(mailbox.multi, &running)
            flush()
            finishDone()
            let sleep = expire()
            unsafe curl_multi_poll(mailbox.multi, nil, 0, Int32(sleep.wholeMilliseconds), nil)
        }
        shutDown()
    }

    private func obey(_ command: CurlCommand) {
        switch command {
        case .start(let transfer) where transfer.isCancelled:
            transfer.sink.finish(transfer.request.failure(.cancelled))  // before it even started: no place in the queue
        case .start(let transfer):
            if lanes.admit(transfer, transfer.url.origin) { begin(transfer) }
        case .resume(let transfer):
            exchange(of: transfer)?.resume()
        case .cancel(let transfer):
            if let exchange = exchange(of: transfer) {
                end(exchange, transfer.request.failure(.cancelled))
            } else {
                for waiting in lanes.removeWaiting(transfer.url.origin, where: { $0 === transfer }) {
                    waiting.sink.finish(waiting.request.failure(.cancelled))
                }
            }
        }
    }

    private func exchange(of transfer: Transfer) -> Exchange? {
        active.values.first { $0.transfer === transfer }
    }

    /// Starts a transfer that has its place; those already cancelled give theirs on.
    private func begin(_ first: Transfer) {
        var next: Transfer? = first
        while let transfer = next {
            next = nil
            if transfer.isCancelled {
                transfer.sink.finish(transfer.request.failure(.cancelled))
                next = lanes.release(transfer.url.origin)
            } else if let easy = idle.popLast() ?? EasyHandle.make() {
                let exchange = Exchange(transfer, easy: easy, configuration: configuration)
                active[easy] = exchange
                exchange.configure()
                unsafe curl_multi_add_handle(mailbox.multi, easy.pointer)
            } else {
                transfer.sink.finish(transfer.request.failure(.unreachable, cause: "out of memory"))
                next = lanes.release(transfer.url.origin)
            }
        }
    }

    private func flush() {
        for exchange in active.values where exchange.isDirty {
            exchange.isDirty = false
            exchange.transfer.sink.flush()
        }
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(mailbox.multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let pointer = unsafe message.pointee.easy_handle,
                let exchange = unsafe active[EasyHandle(pointer)]
            else { continue }
            let code = unsafe ccurl_message_result(message)
            if exchange.takeRedirect(code) {
                unsafe curl_multi_remove_handle(mailbox.multi, exchange.easy.pointer)
                exchange.configure()
                unsafe curl_multi_add_handle(mailbox.multi, exchange.easy.pointer)
            } else {
                end(exchange, exchange.failure(code))
            }
        }
    }

    /// Ends what is overdue, and returns how long nothing will be.
    private func expire() -> Duration {
        let now = ContinuousClock.now
        var sleep = Self.longestSleep
        for exchange in Array(active.values) {
            guard let (deadline, allowance) = exchange.deadline else { continue }
            if deadline <= now {
                end(exchange, exchange.transfer.request.failure(.timedOut(after: allowance)))
            } else {
                sleep = min(sleep, deadline - now)
            }
        }
        return sleep
    }

    private func end(_ exchange: Exchange, _ error: UpstreamError?) {
        let transfer = exchange.transfer
        retire(exchange)
        transfer.sink.finish(error)
        if let next = lanes.release(transfer.url.origin) { begin(next) }
    }

    private func retire(_ exchange: Exchange) {
        let easy = exchange.easy
        unsafe curl_multi_remove_handle(mailbox.multi, easy.pointer)
        active[easy] = nil
        if idle.count < Self.idleHandles {
            easy.reset()
            idle.append(easy)
        } else {
            easy.free()
        }
    }

    private func shutDown() {
        for exchange in Array(active.values) {
            retire(exchange)
            exchange.transfer.sink.finish(exchange.transfer.request.failure(.cancelled))
        }
        var rest = lanes.removeAllWaiting()
        for case .start(let transfer) in mailbox.takeRest() { rest.append(transfer) }
        for transfer in rest { transfer.sink.finish(transfer.request.failure(.cancelled)) }
        for easy in idle { easy.free() }
        unsafe curl_multi_cleanup(mailbox.multi)
    }
}
