/// What the template prints. Text in it is `visible` and not yet escaped: the template does that.
struct PageModel {
    var scriptDigest: String
    var styleDigest: String
    var style: String
    var script: String
    var data: String
    var version: String
    var written: String
    var zone: String
    var title: String
    var headline: String
    var period: String
    var range: String?
    var filters: [String]
    var notices: [String]
    var redacted: Bool
    var head: Head?
    var selects: [Select]
    var totals: [Total]
    var timeline: Chart
    var blocked: [Blocked]
    var moreBlocked: String?
    var facets: [Facet]
    var sessions: [Session]
    var moreSessions: String?

    struct Head {
        var sequence: String
        var hash: String
    }

    struct Select {
        var field: String
        var label: String
        var options: [Option]
    }

    struct Option {
        var value: String
        var label: String
    }

    struct Total {
        var field: String
        var value: String
        var tone: String
        var count: String
        var label: String
        var note: String
    }

    struct Chart {
        var unit: String
        var start: String
        var span: String
        var lanes: [Lane]
        var ticks: [String]
        var rows: [ChartRow]
    }

    struct Lane {
        var label: String
        var decision: String
        var tone: String
        var most: String
        var summary: String
        var width: String
        var bars: [Bar]
    }

    struct Bar {
        var bucket: Int
        var x: Int
        var barX: Int
        var y: String
        var height: String
        var title: String
    }

    struct ChartRow {
        var bucket: Int
        var label: String
        var blocked: String
        var kept: String
        var allowed: String
    }

    struct Blocked {
        var group: Int
        var count: String
        var would: String
        var lost: String?
        var line: String
        var rule: String
        var policy: String
        var who: String
        var last: String
    }

    struct Facet {
        var label: String
        var items: [Item]
        var more: String?
    }

    struct Item {
        var field: String
        var value: String
        var label: String
        /// The whole of what `label` may shorten.
        var full: String
        var count: String
        var share: String
    }

    struct Session {
        var value: String
        var id: String
        var label: String
        var agent: String
        var began: String
        var lasted: String
        var course: String
        var marks: [Mark]
        var count: String
        var blocked: String
        var kept: String
        var failed: String
    }

    struct Mark {
        var tone: String
        var x: Int
    }
}
