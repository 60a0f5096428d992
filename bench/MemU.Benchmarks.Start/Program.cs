using System.Globalization;
using MemU.Benchmarks.Scenarios;

// What `measure open --child` starts instead of itself: the same first question, in a program that can be compiled ahead of time.
var answer = await FirstQuestion.RunAsync(args[2..]);
await Console.Out.WriteLineAsync(string.Join(' ', answer.Select(n => n.ToString("R", CultureInfo.InvariantCulture))));
