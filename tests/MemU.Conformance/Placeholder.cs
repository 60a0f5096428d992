// replaced by the suites
