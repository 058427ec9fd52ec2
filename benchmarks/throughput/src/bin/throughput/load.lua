-- Sends the requests of a file, one after the other and then from the beginning. Each line has the method, the path and
-- the body, with a tab between them.

local requests = {}
local last = 0

function init(arguments)
    local headers = { ["Accept"] = "application/vnd.api+json" }
    local headers_of_a_body = { ["Accept"] = headers["Accept"], ["Content-Type"] = "application/vnd.api+json" }
    for line in io.lines(arguments[1]) do
        local method, path, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
        if body == "" then
            requests[#requests + 1] = wrk.format(method, path, headers)
        else
            requests[#requests + 1] = wrk.format(method, path, headers_of_a_body, body)
        end
    end
end

function request()
    last = last % #requests + 1
    return requests[last]
end


function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    print(string.format("result %d %d %d %d", summary.requests, summary.duration, latency:percentile(99), failed))
end
