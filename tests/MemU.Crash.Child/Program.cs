using System.Globalization;
using MemU;
using MemU.Crash;

// MemU.Crash.Child DATA json|sqlite USER NAME SEED ROUNDS: writes until it is killed, or so many rounds.
if (args is not [var data, var vectors, var user, var name, var seed, var rounds])
{
    Console.Error.WriteLine("Usage: MemU.Crash.Child DATA json|sqlite USER NAME SEED ROUNDS");
    return 2;
}

await using var host = MemUHost.Create(m => Places.Choose(m, data, vectors));
await new Writer(host.OpenSpace(user), Console.Out, name, int.Parse(seed, CultureInfo.InvariantCulture))
    .RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
return 0;
