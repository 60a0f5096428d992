using System.Globalization;
using MemU;
using MemU.Crash;

// MemU.Crash.Child DATA json|sqlite|paid USER NAME SEED ROUNDS: writes until it is killed, or so many rounds.
// MemU.Crash.Child DATA paid|paid-another USER DEED [WHAT]: does one thing to a space.
switch (args)
{
    case [var data, var vectors, var user, var name, var seed, var rounds]:
        await using (var host = MemUHost.Create(m => Places.Choose(m, data, vectors)))
        {
            await new Writer(host.OpenSpace(user), Console.Out, name, int.Parse(seed, CultureInfo.InvariantCulture))
                .RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
        }

        return 0;
    case [var data, var vectors, var user, var deed, .. var what]:
        await using (var host = MemUHost.Create(m => Places.Choose(m, data, vectors)))
        {
            await SingleDeed.DoAsync(host, user, deed, what.FirstOrDefault() ?? "");
        }

        return 0;
    default:
        Console.Error.WriteLine("Usage: MemU.Crash.Child DATA json|sqlite|paid USER NAME SEED ROUNDS, or DATA paid|paid-another USER DEED [WHAT]");
        return 2;
}
