/**
 * Words that people use for one another, English and Russian, in any form of theirs. A line is a group: who asks with
 * one of its words may mean a memory that has another. `a b > c d` goes one way: who asks with a or b may mean c or d.
 */
export const CONCEPTS = `
wife spouse missus жена супруга
husband spouse hubby муж супруг
spouse > married wedding
mother mum mom mummy мама мать матушка
father dad daddy папа отец батя
parents родители > mother mum mom father dad мама папа мать отец
brother bro брат братишка
sister sis сестра сестричка
sibling > brother sister брат сестра
son boy lad сын мальчик сынок
daughter girl дочь дочка девочка
child kid offspring ребенок дети > son daughter boy girl kids children сын дочь мальчик девочка
child children kid kids ребенок дети детей ребята малыш
grandmother granny grandma nan бабушка бабуля бабка
grandfather grandpa granddad дедушка дед
grandparents > grandmother grandma grandfather grandpa бабушка дедушка
uncle дядя
aunt auntie тетя тетка
nephew niece племянник племянница > brother sister брат сестра дети children
cousin двоюродный двоюродная кузен кузина
godparent godfather godmother крестный крестная крестные
godchild godson goddaughter крестник крестница
relative relatives family родня родственник семья > mother father brother sister aunt uncle мама папа брат сестра
friend pal mate buddy друг друзья подруга приятель
neighbour neighbor neighbours neighbors сосед соседка соседи
nanny babysitter sitter childminder au-pair няня сиделка
cleaner cleaning cleaned charwoman housekeeper уборщица уборка клинер убирать
partner > wife husband girlfriend boyfriend жена муж
girlfriend boyfriend fiance fiancee девушка парень невеста жених

birthday born birth bday birthdate turns рождение родился родилась др день-рождения
age old years year лет год возраст > born birthday birth родился родилась рождения
anniversary wedding married marriage marry годовщина свадьба поженились
name called named call nickname имя зовут звать кличка прозвище называется
die died death dead умер смерть
name's > called

phone telephone mobile cell call ring number dial телефон номер мобильный сотовый звонить позвонить набрать
number no digits nr номер цифры id
mail email e-mail mailbox почта имейл емейл e-mail письмо
address street live lives адрес улица живет проживает жить
live lives living resident reside stay жить живет проживать обитать
contact reach контакт связаться связь

home house flat apartment place квартира дом жилье жилой
cottage dacha country-house загородный дача
entrance door gate porch подъезд дверь вход калитка домофон intercom entryphone
floor storey этаж
key keys ключ ключи
spare extra second запасной запасные дополнительный
code pin combination passcode digits код пин комбинация шифр
lock locker padlock unlock замок замочек открыть
password passphrase pw passwd login credentials пароль пасс логин
login account username user sign-in log логин аккаунт учетка учетная войти зайти вход
safe strongbox vault сейф
alarm burglar disarm security сигнализация охрана
wifi wi-fi wireless wlan internet router network вайфай вай-фай интернет сеть роутер
router modem fritz роутер модем
rent landlord tenant owner rental lease аренда хозяин арендодатель съем снимаю снимать
cost costs price expensive cheap pay paid charge fee how-much стоит цена дорого дешево платить плачу стоимость оплата
pay paid payment платить плачу оплата платеж
cost price expensive pay much сколько платить стоит > euro eur usd dollar rub eur рубль евро
mortgage loan credit debt ипотека кредит заем долг
owe owes debt lend lent loan borrow borrowed pays должен долг занял одолжил
bank account iban banking счет банк реквизиты
transfer remit wire перевести перевод > iban account счет
card visa mastercard plastic карта карточка
salary wage wages income earn pay gross net paycheck зарплата оклад доход получаю зарабатываю заработок
pension retirement retire old-age пенсия старость
save saving savings invest копить накопления сбережения вклад
tax taxes taxpayer налог налоги налогоплательщик инн
accountant bookkeeper tax-advisor advisor бухгалтер
insurance insured insurer policy coverage страховка страхование страховой полис застрахован омс
guarantee warranty гарантия
subscription subscriptions subscribe membership подписка подписки абонемент
bill invoice invoices billing счет счета биллинг
tip gratuity чаевые
complaint reclamation claim жалоба претензия рекламация
heating heater radiator boiler warm отопление батарея котел радиатор
plumber plumbing сантехник водопроводчик
electricity power energy electric current light meter электричество свет ток энергия счетчик электроэнергия
water вода водопровод
gas газ
garbage trash rubbish waste bin recycling мусор отходы бак контейнер
plastic packaging yellow желтый пластик упаковка
paper cardboard бумага картон
vacuum hoover cleaner пылесос
washer washing-machine washing laundry стиралка стиральная стирка
fridge refrigerator freezer холодильник морозилка
oven stove cooker hob духовка плита
dishwasher посудомойка посудомоечная
closet wardrobe cupboard шкаф гардероб
lounge living-room living sitting-room гостиная зал
bedroom спальня
kitchen кухня
colour color paint shade hue painted цвет оттенок краска
wall walls paint стена стены
plants flowers plant flower bouquet цветы растения цветок букет клумба тюльпан > tulips roses lilies peonies тюльпаны розы
garden yard сад огород участок
plant sow посадить сажать посеять
move moving relocate relocation move-out переезд переезжать съезжать
repair fix broken wrong broke defect plumber сломан сломалось ремонт чинить починить
furniture мебель
printer ink cartridge toner принтер картридж чернила
light lamp bulb лампа лампочка свет

car vehicle auto automobile машина авто автомобиль тачка
plate licence-plate registration number-plate reg номера номерной госномер
garage parking park carport spot гараж парковка стоянка парковочное
tyre tire tyres tires wheel wheels rims шина шины резина колеса
bicycle bike cycle велосипед велик
motorcycle motorbike мотоцикл
licence license permit driving-licence права удостоверение лицензия разрешение
drive driving driver вождение водить вожу права
boat ship vessel yacht steer лодка катер яхта корабль
train rail railway поезд электричка железная
plane flight aeroplane airplane airline fly flying самолет рейс лететь лечу авиакомпания
airline flyer flight miles mileage авиакомпания мили
flight fly plane airport рейс лечу самолет аэропорт
bus coach автобус
seat place aisle window место сиденье
hotel lodging accommodation stay booked отель гостиница
vacation vacations holiday holidays leave trip time-off отпуск каникулы отдых отдыхать поездка
trip journey travel travelling go going ride поездка путешествие ехать едем поедем
spring > march april may март апрель май марта апреля мая
summer > june july august июнь июль август июня июля августа
autumn fall > september october november сентябрь октябрь ноябрь сентября октября ноября
winter > december january february декабрь январь февраль декабря января февраля
america usa us states сша америка
portugal > lisbon porto
visa entry enter виза въезд
passport travel-document document паспорт документ загранпаспорт загран
expire expires expiry valid run-out ends until runs deadline истекает действует действителен заканчивается кончается до
renew renewed renewal extend продлить продление
backup copy copies резервные резервная бэкап
camera photo photograph lens фото камера фотоаппарат снимать фотографировать фотографирую
tent camping camp палатка поход кемпинг

doctor physician gp practitioner doc medic врач доктор терапевт
dentist tooth teeth dental стоматолог зубной зубы зуб дантист
vet veterinary veterinarian animal-doctor ветеринар > animal
animal > dog cat vet bird
hospital clinic больница клиника
pharmacy chemist drugstore medicine аптека лекарства
medicine medication pills pill drug drugs tablets tablet meds лекарство лекарства таблетки препарат препараты пилюли
dose mg мг доза
allergy allergic intolerance intolerant reaction reacts аллергия реакция непереносимость аллергик
penicillin antibiotic antibiotics пенициллин антибиотик лекарство
vaccination vaccine shot jab booster vaccinated прививка вакцина вакцинация
blood кровь крови
group type группа тип
cholesterol fat lipids холестерин
headache migraine head мигрень головная голова
eye eyes glasses lenses lens spectacles vision sight очки линзы зрение глаза
strength dioptre prescription диоптрии
sleep bed asleep спать сон ложиться ложится засыпать кровать
wake wakes get-up rise up waking встает вставать просыпаться просыпаюсь подъем
weight weigh kg вес вешу весит кг
height tall cm рост высокий см
exercise exercises workout sport squats упражнение упражнения тренировка
gym fitness workout спортзал фитнес тренажерный зал тренировка
run running jog jogging runner race marathon бег бегать бегаю пробежка марафон
train training practise practice тренировка готовиться > marathon race
pace speed minutes fast темп скорость минут
swim swimming pool lane плавать плавание бассейн
emergency urgent happens accident экстренный экстренная случится случилось
medical health medicine здоровье медицинский медицинская
avoid not never no избегать нельзя
why reason cause triggered because причина
knee knees колено

eat eats eating food meal diet nutrition есть ест еда питание кормить корм ем поесть кушать
meat vegetarian vegan мясо вегетарианец веган
drink drinks drinking beverage пить пьет напиток пью
alcohol alcoholic spirits drinks wine beer алкоголь спиртное выпивка
coffee espresso cappuccino latte кофе капучино
tea чай
breakfast morning завтрак утром
morning mornings утро утром утра > breakfast coffee wakes
lunch dinner обед ужин
evening night вечер вечером ночь
favourite favorite like likes love loves best enjoy prefer prefers adore любимый любимое любимая любит люблю нравится нравятся обожает предпочитает обычно
hate hates dislike dislikes stand detest cannot loathe ненавижу ненавидит терпеть любит
like taste > favourite
cake pie dessert sweet торт десерт пирог сладкое
restaurant eatery dine dining ресторан кафе кафешка
herb herbs spice spices seasoning трава специи приправа пряность
georgian грузинский грузинская грузинскую > хачапури
icecream ice-cream ice мороженое
flavour flavor taste вкус
dish meal блюдо еда
fish рыба
wine wines vino вино вина

work job employer employment company profession occupation career работа работать должность профессия карьера
profession occupation job works worked professional профессия работал работает кем должность > developer engineer инженер
employer company firm компания фирма работодатель
boss manager superior supervisor chief lead начальник шеф руководитель босс
colleague coworker co-worker teammate коллега сотрудник
personnel hr staff human-resources кадры персонал
responsible charge handles отвечает занимается ответственный
office workplace desk офис рабочее место стол
badge pass access-card card пропуск бейдж
meeting meetings call appointment invited invite встреча совещание созвон митинг
standup daily stand-up дейли стендап летучка
deadline due finish finished must ready срок дедлайн закончить сдать
blocked holding hold stuck waiting ждет блокирует мешает
contract agreement sign signs договор контракт подписать подписывает
client customer клиент заказчик
laptop notebook computer pc ноутбук ноут компьютер комп
serial serialnumber серийный sn
server host ssh machine сервер хост
vpn remote remotely gateway удаленно
connect gateway login подключиться подключение
editor ide code coding program редактор
conference talk speak speaks speech lecture конференция доклад выступление выступает
day days день дни
weekend end-of-week > saturday sunday friday суббота воскресенье
week > monday tuesday wednesday thursday friday saturday sunday
afternoon afternoons > wednesday friday
available free opening opened open closed закрыт открыт работает свободен
pick-up collect pick забрать забирать вывозят
close closes closed shut until закрывается закрыто
write written mails mail писать
short brief краткий

school primary grundschule class школа класс
teacher tutor instructor учитель учительница преподаватель
kindergarten daycare nursery preschool creche садик сад детсад
lesson lessons class course урок уроки занятие занятия
study learn learning language учить изучать язык учеба
university college uni studies университет институт вуз
language > spanish english german french italian
book books novel read reading reads книга книги читать читает роман
writer author writers писатель писатели автор
film films movie movies cinema фильм фильмы кино
music band bands song listen musical музыка группа песня слушать > piano guitar choir
game games play plays playing игра игры играть играет
hobby hobbies interest interests likes interested pastime хобби увлечение увлекается интересуется интересы
theatre theater театр
gift present gifts presents give surprise подарок подарить презент
size sizes размер
shoes shoe feet foot footwear обувь туфли нога ботинки
shirt shirts blouse collar рубашка
ring кольцо
perfume scent fragrance cologne духи аромат парфюм
celebrate celebration celebrated party confirmation праздник праздновать празднуем отмечать отмечаем > confirmed новый год
plan plans planned intend intends resolution goal aim план планы цель собираюсь
charity volunteer volunteering help helps благотворительность волонтер помощь
streaming netflix series spotify стриминг сериал
service services сервис сервисы > подписка spotify netflix
dog puppy hound doggy собака пес щенок собачка
cat kitten kitty puss кошка кот котенок
pet pets animal > dog cat кот собака
breed порода > beagle бигль терьер
year > annual
stepfather stepdad отчим
stepmother stepmum мачеха
lawyer attorney solicitor counsel юрист адвокат
notary нотариус
will testament завещание
luggage suitcase baggage bag trunk чемодан багаж сумка
headset headphones earphones earbuds наушники гарнитура
pasta noodles spaghetti макароны паста лапша
bread sandwich toast roll хлеб бутерброд
lunch > sandwich
bonus extra premium премия бонус
money cash coins деньги наличные наличка
stocks shares stock share equity invest акции бумаги
bed mattress sleep pillow кровать матрас подушка
pillow cushion подушка
coat jacket parka outerwear warm пальто куртка шуба
trousers pants jeans брюки штаны джинсы
dress skirt платье юбка
hat cap шапка кепка
gloves mittens перчатки варежки
beard shave shaving trimmer razor moustache борода бритва бриться
hair haircut hairdresser barber волосы стрижка парикмахер
toothbrush brush щетка
throat tonsillitis angina горло ангина
stomach belly tummy живот желудок
back spine спина
arm shoulder elbow hand рука плечо локоть
leg foot ankle нога стопа
heart cardiac pressure сердце давление
flu cold cough fever грипп простуда кашель температура
ill sick illness disease болел болею болезнь болит заболел
pain ache hurts hurt боль болит
stretch stretching physio exercises растяжка
therapist psychologist counsellor психолог психотерапевт
sport sports football soccer tennis спорт футбол теннис
instrument guitar piano violin drums инструмент гитара пианино скрипка
parcel package packages delivery delivered shipment packstation посылка доставка посылки
letter post mailbox письмо почта
borrow borrowed return due библиотека library вернуть
fuel petrol diesel gasoline gas tank fill заправлять заправка бензин дизель топливо
sea ocean lake river beach море озеро река пляж байкал
mountain mountains hike hiking walk горы поход гулять прогулка
forest wood woods лес
ski skiing snowboard лыжи
sun sunscreen cream spf солнце крем
terrace balcony veranda терраса балкон веранда
roof attic loft крыша чердак
cellar basement подвал погреб
window windows окно окна
curtains blinds шторы жалюзи
carpet rug ковер
sink tap faucet раковина кран
bath shower tub ванна душ
toilet loo wc туалет унитаз
visitors visitor guests guest гость гости
substitute deputy replaces stand-in зам замещает заменяет заменить
review reviewer reviews checks проверяет ревью
sprint iteration спринт
release deploy deployment ship релиз выкатка
bug error issue ошибка баг
task ticket задача тикет
database postgres sql база бд
website site page homepage сайт страница
phone smartphone iphone pixel телефон смартфон
charger cable cord зарядка кабель провод
battery accumulator батарейка аккумулятор
television tv telly screen телевизор экран
watch clock часы
knife scissors нож ножницы
hide hidden stash спрятан прячу лежит
stored kept keep store located lies хранится лежит находится
rich expensive dear luxury дорогой
big large size wide square размер большой площадь
broken loose cracked fix fixed repaired defect сломана разболталась
smell smells stinks пахнет запах воняет
party celebration birthday вечеринка день
cake birthday торт
sugar sweet сахар сладкий
salt salty соль
milk dairy lactose молоко лактоза
cheese сыр
nuts peanuts almonds орехи арахис
vegetables veg onions tomatoes овощи лук помидоры
fruit apples berries фрукты яблоки ягоды
soup broth суп бульон
church religion faith mass церковь вера храм
vote election elections голосовать выборы
police полиция
fire пожар огонь
lost missing потерял пропал lose
found find нашел
buy bought purchase purchased shop купить купил куплен куплены магазин
sell sale sold продать продаю продажа
order ordered заказ заказал
price bid offer цена
monday tuesday wednesday thursday friday saturday sunday > weekly
start begin beginning starts since с начало начать начинается
end finish over конец закончить
`;

/** What a phrase asks for beyond its words. */
export const CUES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/how old|what age|сколько\b.{0,12}\bлет|какого возраста/iu, 'born birthday age лет год года родился'],
  [/how long have|since when|с каких пор|как давно/iu, 'since met с'],
  [/how much|сколько стоит|почем/iu, 'euro euros рублей руб'],
  [/how tall|какой рост|какого.{0,6}роста/iu, 'height рост'],
  [/how heavy|сколько.{0,6}(?:вешу|весит)/iu, 'weight вес'],
  [/what time|во сколько|в котором часу/iu, 'at every daily'],
  [/(?:^|\s)whom? (?:to|do|should|can)\b.{0,10}(?:call|ring|phone)/iu, 'contact phone'],
  [/how (?:do|can|to)\b.{0,30}\b(?:get in|get into|open|enter|unlock)/iu, 'code key'],
  [/как (?:попасть|войти|зайти|открыть)/iu, 'ключ код'],
];
