-- The last line that wrk prints, for load.py to read. wrk counts in microseconds.
function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"per_second": %.2f, "p50": %.3f, "p95": %.3f, "p99": %.3f, "errors": %d}',
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
