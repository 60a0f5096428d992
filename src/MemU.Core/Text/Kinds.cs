using System.Collections.Frozen;

namespace MemU.Text;

/// <summary>
/// English words for kinds of things that people ask for, and common words for what is of that kind: pet → dog, cat, …. Only what any reader knows; what it
/// leads to counts little.
/// </summary>
internal static class Kinds
{
    private const string Table =
        "pet,animal:dog,cat,puppy,kitten,pup,kitty,hamster,rabbit,bunny,parrot,fish,goldfish,turtle,horse,pony,bird,guinea,lizard,snake,hen,chicken,duck,goat,"
        + "cow,sheep "
        + "family,relative:mother,father,mom,dad,parent,sister,brother,sibling,son,daughter,child,kid,baby,husband,wife,aunt,uncle,cousin,nephew,niece,"
        + "grandmother,grandfather,grandparent,grandson,granddaughter "
        + "child,kid:son,daughter,baby,toddler,boy,girl,teenager,newborn,twin parent:mother,father,mom,dad "
        + "sibling:brother,sister,twin "
        + "spouse,partner,marriage:husband,wife,girlfriend,boyfriend,fiance,fiancee,wedding,marry,engaged "
        + "job,work,career,profession,occupation,employment:boss,colleague,coworker,office,manager,engineer,teacher,nurse,doctor,lawyer,company,promotion,salary,"
        + "client,interview,hire,shift,career,intern,job,work,employ "
        + "hobby,pastime,leisure,interest,activity:paint,draw,read,hike,run,swim,dance,sing,cook,bake,garden,knit,sew,photograph,fish,camp,cycle,bike,climb,yoga,"
        + "piano,guitar,chess,gaming,game,craft,pottery,surf,ski,skate,write,collect "
        + "sport,exercise,fitness,workout:run,swim,hike,gym,yoga,soccer,football,basketball,tennis,golf,baseball,hockey,volleyball,boxing,cycle,bike,climb,ski,"
        + "surf,jog,marathon,race,train,lift,weight,pilates,martial "
        + "food,meal,dish,eat,cuisine:breakfast,lunch,dinner,pizza,pasta,bread,cake,cookie,soup,salad,cheese,chicken,fish,meat,beef,pork,rice,noodle,sushi,taco,"
        + "burger,sandwich,egg,fruit,vegetable,dessert,chocolate,snack,recipe,cook,bake,restaurant "
        + "drink,beverage:coffee,tea,beer,wine,juice,water,soda,cocktail,smoothie,milk "
        + "fruit:apple,banana,orange,grape,berry,strawberry,blueberry,peach,pear,mango,lemon,cherry "
        + "vegetable:tomato,carrot,potato,onion,spinach,broccoli,pepper,bean,lettuce,cabbage "
        + "dessert,sweet:cake,cookie,pie,ice,chocolate,brownie,pudding,cupcake,pastry "
        + "health,illness,sickness,medical,condition,disease,injury:doctor,hospital,clinic,surgery,pain,hurt,sick,flu,cold,fever,cancer,diabetes,allergy,asthma,"
        + "migraine,headache,injury,broken,sprain,therapy,therapist,medicine,medication,diagnosed,symptom,anxiety,depression,recover "
        + "emotion,feeling,feel,mood:happy,sad,excited,angry,nervous,anxious,proud,glad,grateful,thankful,scared,afraid,worried,stress,upset,relieved,lonely,"
        + "frustrated,thrilled,overwhelmed,love,joy "
        + "music,song,band,instrument,concert:guitar,piano,violin,drum,flute,singer,band,album,concert,playlist,sing,song,tune,jazz,rock,pop,classical,festival "
        + "instrument:guitar,piano,violin,drum,flute,clarinet,cello,saxophone,trumpet,keyboard,ukulele,harmonica "
        + "book,reading,author:novel,read,author,writer,chapter,series,fiction,story,library,biography,memoir "
        + "movie,film,show,watch:cinema,film,movie,series,episode,actor,director,documentary,netflix,theater,trailer,scene,comedy,thriller,drama "
        + "travel,trip,vacation,holiday,journey,visit:flight,fly,airport,hotel,beach,mountain,drive,road,tour,abroad,passport,camp,cruise,train,island,country,"
        + "city,resort "
        + "country,nation,abroad:england,france,spain,italy,germany,japan,china,india,canada,mexico,brazil,australia,greece,portugal,sweden,ireland,thailand "
        + "city,town,place,location,area:street,downtown,neighborhood,village,park,beach,lake,mountain,museum,cafe,restaurant,store "
        + "nature,outdoors,outdoor:hike,camp,forest,beach,mountain,lake,river,trail,park,waterfall,sunset,sunrise,wood,trek,picnic,garden "
        + "house,home,residence:apartment,flat,room,kitchen,bedroom,move,rent,roommate,landlord,neighbor,mortgage,furniture,yard,backyard "
        + "vehicle,car,transport:car,truck,motorcycle,bike,van,bus,drive,engine,mechanic "
        + "money,finance,financial,cost,price,budget,expense:dollar,buck,pay,salary,loan,debt,bank,save,savings,invest,bill,rent,afford,expensive,cheap,donate,"
        + "fund "
        + "school,education,study,degree,learn:college,university,class,course,teacher,student,exam,degree,graduate,scholarship,lesson,homework,professor,major,"
        + "diploma,grade weather:rain,snow,storm,sun,sunny,wind,cloud,hot,cold "
        + "art,artist,artwork,creative:paint,painting,draw,drawing,sculpture,canvas,sketch,pottery,clay,gallery,watercolor,exhibit,museum,mural "
        + "gift,present:birthday,christmas,gave,received,bought,wrap,surprise "
        + "event,celebration,party,occasion:birthday,wedding,anniversary,christmas,thanksgiving,graduation,parade,festival,concert,conference,ceremony,party,"
        + "reunion religion,faith,spiritual:church,pray,prayer,god,bible,mosque,temple,faith,meditate "
        + "goal,plan,dream,ambition,aspiration,intend:want,hope,plan,future,someday,dream,goal,wish "
        + "problem,challenge,difficulty,struggle,trouble,issue,obstacle:hard,tough,struggle,difficult,stress,setback,problem,challenge,issue,fail "
        + "achievement,accomplishment,success,award:win,won,medal,trophy,prize,award,promotion,graduate,finish,complete,proud "
        + "help,support,volunteer,charity,community:volunteer,donate,shelter,support,charity,fundraiser,help,community,homeless "
        + "technology,device,gadget,computer:laptop,phone,tablet,app,software,camera,console,website,program,code "
        + "game:chess,board,video,puzzle,card,console,player,tournament "
        + "clothes,clothing,wear,outfit,fashion:dress,shirt,shoe,boot,jacket,coat,hat,jeans,sweater,sneaker,scarf "
        + "jewelry,accessory:necklace,ring,bracelet,earring,pendant,watch "
        + "colour,color:red,blue,green,yellow,purple,pink,orange,black,white,brown "
        + "language:english,spanish,french,german,italian,chinese,japanese,portuguese season:spring,summer,fall,autumn,winter "
        + "plant,flower,gardening:rose,sunflower,tulip,tree,garden,seed,herb,daisy,lily,succulent "
        + "relationship,dating,romantic:boyfriend,girlfriend,date,breakup,single,love,husband,wife "
        + "business,company,startup,enterprise,shop:store,customer,brand,client,launch,sell,open,market,product";

    private static readonly FrozenDictionary<string, string[]> Members = Table.Split(' ')
        .Select(entry => entry.Split(':'))
        .SelectMany(entry => entry[0].Split(',').SelectMany(kind => $"{entry[0]},{entry[1]}".Split(',').Select(word => (Kind: TextAnalyzer.Stem(kind), Word: TextAnalyzer.Stem(word)))))
        .Where(pair => pair.Kind != pair.Word)
        .GroupBy(pair => pair.Kind, pair => pair.Word)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>The terms for what is of the kind that a term names, and for the same kind; empty when it names none.</summary>
    public static IReadOnlyList<string> MembersOf(string term) => Members.GetValueOrDefault(term, []);
}
